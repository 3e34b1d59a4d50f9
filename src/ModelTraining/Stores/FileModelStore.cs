using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>
/// A store in a folder, which several processes may share: <c>income/3/model.onnx</c>, beside it <c>manifest.json</c> and <c>version.json</c>, and aliases as small
/// files in <c>income/aliases</c>. Everything appears by being renamed, so that nobody meets half a model.
/// </summary>
public sealed class FileModelStore : IModelStore
{
    private const string ModelFile = "model.onnx";
    private const string ManifestFile = "manifest.json";
    private const string VersionFile = "version.json";
    private const string DeletedFile = "deleted";
    private const string AliasFolder = "aliases";
    private readonly TimeProvider _time;

    /// <summary>A store in a folder, which is made with the first model.</summary>
    /// <param name="folder">The folder; a relative path is taken from the current directory.</param>
    /// <param name="time">The clock. Default: the system's.</param>
    public FileModelStore(string folder, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        Folder = Path.GetFullPath(folder);
        _time = time ?? TimeProvider.System;
    }

    /// <summary>The folder's full path.</summary>
    public string Folder { get; }

    /// <inheritdoc/>
    public ValueTask<StoredModel> SaveAsync(string name, ReadOnlyMemory<byte> model, CancellationToken cancellationToken = default)
    {
        SafeName.Check("A model", name);
        cancellationToken.ThrowIfCancellationRequested();
        var graph = OnnxFile.Load(model.ToArray());
        ModelManifest.ReadFrom(graph);
        var record = new VersionRecord(_time.GetUtcNow(), model.Length, Hash(model.Span));
        var aside = Path.Combine(Folder, name, $".{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(aside);
            File.WriteAllBytes(Path.Combine(aside, ModelFile), model.Span);
            File.WriteAllText(Path.Combine(aside, ManifestFile), graph.Metadata[ModelManifest.MetadataKey]);
            File.WriteAllText(Path.Combine(aside, VersionFile), JsonSerializer.Serialize(record, VersionJson.Default.VersionRecord));
            return new(Version(name, Publish(name, aside), [])!);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (Directory.Exists(aside)) Directory.Delete(aside, recursive: true);
            throw new ModelTrainingException("MT4001", $"'{name}' can't be written to the store '{Folder}': {exception.Message} Choose another folder, or make room.", exception);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredModel>> ListAsync(string? name = null, CancellationToken cancellationToken = default)
    {
        if (name is not null) SafeName.Check("A model", name);
        var names = name is not null ? [name] : Names();
        var models = new List<StoredModel>();
        foreach (var each in names)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var aliases = Aliases(each);
            models.AddRange(Numbers(each).Select(number => Version(each, number, aliases)).OfType<StoredModel>());
        }

        return new(models);
    }

    /// <inheritdoc/>
    public ValueTask<byte[]> ReadAsync(string name, int version, CancellationToken cancellationToken = default)
    {
        SafeName.Check("A model", name);
        var stored = Version(name, version, []) ?? throw Missing(name, version);
        var bytes = Read(stored.Location, File.ReadAllBytes) ?? throw Missing(name, version);
        if (bytes.Length == stored.Bytes && Hash(bytes) == stored.Sha256) return new(bytes);
        throw new ModelTrainingException("MT4313", $"'{stored.Location}' is not what was saved as version {version} of '{name}': it has another content. Delete the version, and save the model anew.");
    }

    /// <inheritdoc/>
    public ValueTask SetAliasAsync(string name, string alias, int? version, CancellationToken cancellationToken = default)
    {
        SafeName.Check("A model", name);
        if (ModelAlias.Trouble(alias) is { } trouble) throw SafeName.Refused("An alias", alias, trouble);
        var path = Path.Combine(Folder, name, AliasFolder, alias);
        if (version is not { } number)
        {
            Delete(path);
            return ValueTask.CompletedTask;
        }

        if (Version(name, number, []) is null) throw Missing(name, number);
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture)));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DeleteAsync(string name, int version, CancellationToken cancellationToken = default)
    {
        SafeName.Check("A model", name);
        if (Version(name, version, Aliases(name)) is not { } stored) throw Missing(name, version);
        if (stored.Aliases.Count > 0)
        {
            throw new ModelTrainingException("MT4312", $"Version {version} of '{name}' is '{string.Join("', '", stored.Aliases)}'. Point the alias to another version, or take it away, before you delete this one.");
        }

        // Its folder stays, with a mark in it: a number means the same model for ever. From the mark on, the version is gone.
        var folder = Path.GetDirectoryName(stored.Location)!;
        AtomicFile.Write(Path.Combine(folder, DeletedFile), []);
        foreach (var file in (string[])[VersionFile, ManifestFile, ModelFile]) Delete(Path.Combine(folder, file));
        return ValueTask.CompletedTask;
    }

    /// <summary>Gives a written folder the next number; another process may take it first.</summary>
    private int Publish(string name, string aside)
    {
        for (var number = Numbers(name).LastOrDefault() + 1; ; number++)
        {
            var folder = Path.Combine(Folder, name, number.ToString(CultureInfo.InvariantCulture));
            try
            {
                Directory.Move(aside, folder);
                return number;
            }
            catch (IOException) when (Directory.Exists(folder) && Directory.Exists(aside))
            {
                // Taken meanwhile: try the one after it.
            }
        }
    }

    private IEnumerable<string> Names() => Directory.Exists(Folder)
        ? Directory.EnumerateDirectories(Folder).Select(folder => Path.GetFileName(folder)).Where(folder => SafeName.Trouble(folder) is null).Order(StringComparer.Ordinal)
        : [];

    private IEnumerable<int> Numbers(string name)
    {
        var folder = Path.Combine(Folder, name);
        if (!Directory.Exists(folder)) return [];
        return Directory.EnumerateDirectories(folder)
            .Select(version => int.TryParse(Path.GetFileName(version), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Where(number => number > 0).Order();
    }

    private List<(string Alias, int Version)> Aliases(string name)
    {
        var folder = Path.Combine(Folder, name, AliasFolder);
        var aliases = new List<(string, int)>();
        if (!Directory.Exists(folder)) return aliases;
        foreach (var path in Directory.EnumerateFiles(folder).Where(path => ModelAlias.Trouble(Path.GetFileName(path)) is null).Order(StringComparer.Ordinal))
        {
            if (Read(path, File.ReadAllText) is not { } text) continue; // taken away meanwhile
            aliases.Add(int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? (Path.GetFileName(path), number)
                : throw Damaged(path, "it has no number of a version"));
        }

        return aliases;
    }

    /// <summary>What a version's folder says; null when there is none, or it was deleted.</summary>
    private StoredModel? Version(string name, int number, List<(string Alias, int Version)> aliases)
    {
        var folder = Path.Combine(Folder, name, number.ToString(CultureInfo.InvariantCulture));
        if (!Directory.Exists(folder) || File.Exists(Path.Combine(folder, DeletedFile))) return null;
        var path = Path.Combine(folder, VersionFile);
        if (Read(path, File.ReadAllText) is not { } json || Read(Path.Combine(folder, ManifestFile), File.ReadAllText) is not { } manifest)
        {
            return File.Exists(Path.Combine(folder, DeletedFile)) ? null : throw Damaged(folder, $"it has no {VersionFile} or no {ManifestFile}");
        }

        VersionRecord record;
        try
        {
            record = JsonSerializer.Deserialize(json, VersionJson.Default.VersionRecord) ?? throw new JsonException("It is null.");
        }
        catch (JsonException exception)
        {
            throw Damaged(path, exception.Message);
        }

        return new StoredModel
        {
            Name = name,
            Version = number,
            SavedAt = record.SavedAt,
            Bytes = record.Bytes,
            Sha256 = record.Sha256,
            Location = Path.Combine(folder, ModelFile),
            Manifest = ModelManifest.Parse(manifest),
            Aliases = [.. aliases.Where(pair => pair.Version == number).Select(pair => pair.Alias)],
        };
    }

    /// <summary>A file's content; null when there is no such file.</summary>
    private T? Read<T>(string path, Func<string, T> read) where T : class
    {
        try
        {
            return read(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelTrainingException("MT4314", $"'{path}' of the store '{Folder}' can't be read: {exception.Message} Check the path, and the rights.", exception);
        }
    }

    private void Delete(string path)
    {
        try
        {
            // A folder that is not there has nothing to take away.
            if (Directory.Exists(Path.GetDirectoryName(path))) File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelTrainingException("MT4314", $"'{path}' of the store '{Folder}' can't be deleted: {exception.Message} Check the path, and the rights.", exception);
        }
    }

    private ModelTrainingException Missing(string name, int version) =>
        ModelStoreExtensions.NoVersion(name, version.ToString(CultureInfo.InvariantCulture), Numbers(name).Select(number => Version(name, number, [])).OfType<StoredModel>());

    private static ModelTrainingException Damaged(string path, string why) =>
        new("MT4313", $"'{path}' is damaged: {why}. Delete it, and save the model anew or set the alias again.");

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
