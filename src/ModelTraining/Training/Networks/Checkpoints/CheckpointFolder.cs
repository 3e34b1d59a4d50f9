using System.Globalization;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>
/// The checkpoints of a training: directories that are written aside and renamed, so that each is whole or not there. Tensors are safetensors, all else JSON.
/// </summary>
internal sealed class CheckpointFolder : IDisposable
{
    private const string Prefix = "checkpoint-";
    private const string Aside = ".writing-";
    private const string Tensors = "tensors.safetensors";
    private const string Best = "best/";
    private const string Lock = ".lock";

    private readonly CheckpointSettings _settings;
    private readonly TrainingFingerprint _fingerprint;
    private readonly TrainingContext _context;
    private readonly FileStream _lock;
    private long _saved;

    public CheckpointFolder(CheckpointSettings settings, TrainingFingerprint fingerprint, TrainingContext context)
    {
        (_settings, _fingerprint, _context) = (settings, fingerprint, context);
        _saved = context.Time.GetTimestamp();
        Guard(() => Directory.CreateDirectory(settings.Folder));
        _lock = Locked();
        try
        {
            // What a killed process left behind.
            foreach (var left in Directory.EnumerateDirectories(settings.Folder, $"{Aside}*")) Guard(() => Directory.Delete(left, recursive: true));
            Found = Saved().Select(FoundIn).FirstOrDefault(found => found is not null);
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
    }

    /// <summary>Leaves the folder to other trainings.</summary>
    public void Dispose() => _lock.Dispose();

    /// <summary>What finders found, which each checkpoint keeps: at first what they had found before the training was stopped, null where it begins.</summary>
    public FoundSettings? Found { get; set; }

    /// <summary>Writes a checkpoint if the last is old enough.</summary>
    public void SaveWhenDue(ITrainingSession session, LoopPosition position, IReadOnlyDictionary<string, float[]>? best)
    {
        if (_context.Time.GetElapsedTime(_saved) >= _settings.Every) Save(session, position, best);
    }

    /// <summary>Writes a checkpoint, and takes the oldest away.</summary>
    /// <exception cref="ModelTrainingException">MT4223: it can't be written.</exception>
    public void Save(ITrainingSession session, LoopPosition position, IReadOnlyDictionary<string, float[]>? best) => Guard(() =>
    {
        var name = $"{Prefix}{position.Updates.ToString("D9", CultureInfo.InvariantCulture)}";
        var aside = Path.Combine(_settings.Folder, $"{Aside}{Guid.NewGuid():N}");
        Directory.CreateDirectory(aside);
        var shapes = session.Tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Shape.ToArray());
        var tensors = session.CopyAll().ToDictionary(pair => pair.Key, pair => Tensor.Of(pair.Value, shapes[pair.Key]));
        foreach (var (weight, values) in best ?? new Dictionary<string, float[]>()) tensors.Add(Best + weight, Tensor.Of(values, shapes[weight]));
        SafetensorsFile.Save(Path.Combine(aside, Tensors), tensors);
        CheckpointState.Save(aside, position, _fingerprint, Found);
        var path = Path.Combine(_settings.Folder, name);
        // Another position at the same count of updates: it must not be taken away before this one has its place.
        while (Directory.Exists(path)) path += "+";
        Directory.Move(aside, path);
        foreach (var old in Saved().Skip(_settings.Keep)) Directory.Delete(old, recursive: true);
        _saved = _context.Time.GetTimestamp();
    });

    /// <summary>Puts the newest checkpoint into the session of its epoch; null where there is none.</summary>
    /// <exception cref="ModelTrainingException">MT4222: it is of another training. MT4224: none can be read.</exception>
    public (LoopPosition Position, Dictionary<string, float[]>? Best)? Newest(TrainedSessions sessions)
    {
        var damaged = new List<string>();
        foreach (var path in Saved())
        {
            try
            {
                var position = CheckpointState.Load(path, _fingerprint);
                var tensors = SafetensorsFile.Load(Path.Combine(path, Tensors));
                var session = sessions.Enter(position.Epoch);
                foreach (var tensor in session.Tensors)
                {
                    if (tensors.TryGetValue(tensor.Name, out var saved)) session.Write(tensor.Name, Fitting(tensor, saved));
                    else if (tensor.Kind != SessionTensorKind.Backend) throw new ModelTrainingException("MT4221", $"It has no tensor '{tensor.Name}'.");
                }

                // A best epoch before something thawed has fewer weights.
                var best = session.Tensors.Where(tensor => tensors.ContainsKey(Best + tensor.Name)).ToDictionary(tensor => tensor.Name, tensor => Fitting(tensor, tensors[Best + tensor.Name]).ToArray());
                return (position, best.Count > 0 ? best : null);
            }
            catch (ModelTrainingException exception) when (exception.Problems[0].Id is "MT4206" or "MT4221")
            {
                damaged.Add($"{Path.GetFileName(path)}: {exception.Problems[0].Message}");
                _context.Warn($"Checkpoint {path} is damaged, and the one before it is taken: {exception.Problems[0].Message}");
            }
        }

        return damaged.Count == 0 ? null : throw new ModelTrainingException("MT4224", $"No checkpoint in '{_settings.Folder}' can be read: {string.Join(" ", damaged)} Delete the folder to train from the beginning.");
    }

    private static ReadOnlySpan<float> Fitting(SessionTensor tensor, Tensor saved) => saved.Type == ElementType.Float && saved.Shape.SequenceEqual(tensor.Shape.AsSpan())
        ? saved.Elements<float>()
        : throw new ModelTrainingException("MT4221", $"Its tensor '{tensor.Name}' is {saved.Type} [{string.Join(", ", saved.Shape.ToArray())}], not Float [{string.Join(", ", tensor.Shape)}].");

    /// <summary>Two trainings in one folder would take away each other's checkpoints. The lock goes away with the process, however it ends.</summary>
    private FileStream Locked()
    {
        var path = Path.Combine(_settings.Folder, Lock);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception exception) when (exception is IOException && File.Exists(path))
        {
            throw new ModelTrainingException("MT4225", $"Another training keeps its checkpoints in '{_settings.Folder}' at this moment: {exception.Message} Wait for its end, or choose another folder.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(exception);
        }
    }

    /// <summary>Null where the checkpoint is damaged, which <see cref="Newest"/> says.</summary>
    private FoundSettings? FoundIn(string path)
    {
        try
        {
            return CheckpointState.LoadFound(path, _fingerprint);
        }
        catch (ModelTrainingException exception) when (exception.Problems[0].Id == "MT4221")
        {
            return null;
        }
    }

    /// <summary>The newest first.</summary>
    private List<string> Saved() => [.. Directory.EnumerateDirectories(_settings.Folder, $"{Prefix}*").OrderByDescending(Path.GetFileName, StringComparer.Ordinal)];

    private void Guard(Action act)
    {
        try
        {
            act();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(exception);
        }
    }

    private ModelTrainingException Unusable(Exception exception) =>
        new("MT4223", $"Checkpoints can't be kept in '{_settings.Folder}': {exception.Message} Choose a folder that may be written to, or make room.", exception);
}
