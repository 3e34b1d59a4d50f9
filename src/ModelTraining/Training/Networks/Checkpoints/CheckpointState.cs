using System.Globalization;
using System.Text.Json;

namespace ModelTraining;

/// <summary>The file of a checkpoint that says where the training is, and what it is a training of.</summary>
internal static class CheckpointState
{
    private const string File = "state.json";
    private const int Version = 1;

    public static void Save(string folder, LoopPosition position, TrainingFingerprint fingerprint, FoundSettings? found)
    {
        using var stream = new FileStream(Path.Combine(folder, File), FileMode.CreateNew, FileAccess.Write);
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteString("library", LibraryVersion.Text);
            json.WriteString("network", fingerprint.Network);
            json.WriteString("options", fingerprint.Options);
            json.WriteString("data", fingerprint.Data);
            json.WriteNumber("epoch", position.Epoch);
            json.WriteNumber("batch", position.Batch);
            json.WriteNumber("updates", position.Updates);
            json.WriteNumber("loss_sum", position.LossSum);
            json.WriteNumber("weight_sum", position.WeightSum);
            json.WriteNumber("best_epoch", position.BestEpoch);
            if (position.PartRows > 0) json.WriteNumber("part_rows", position.PartRows);
            Write(json, "training", position.Training);
            Write(json, "validation", position.Validation);
            Write(json, "monitored", position.Monitored);
            FoundSettingsJson.Write(json, found);
            json.WriteEndObject();
        }

        stream.Flush(flushToDisk: true);
    }

    /// <exception cref="ModelTrainingException">MT4221: it is damaged. MT4222: it is of another training.</exception>
    public static LoopPosition Load(string folder, TrainingFingerprint fingerprint) => Load(folder, fingerprint, root =>
    {
        var position = new LoopPosition
        {
            Epoch = root.GetProperty("epoch").GetInt32(),
            Batch = root.GetProperty("batch").GetInt32(),
            Updates = root.GetProperty("updates").GetInt64(),
            LossSum = root.GetProperty("loss_sum").GetDouble(),
            WeightSum = root.GetProperty("weight_sum").GetDouble(),
            BestEpoch = root.GetProperty("best_epoch").GetInt32(),
            PartRows = root.TryGetProperty("part_rows", out var rows) ? rows.GetInt32() : 0,
            Training = Read(root, "training"),
            Validation = Read(root, "validation"),
            Monitored = Read(root, "monitored"),
        };
        var isSound = position is { Epoch: >= 0, Batch: >= 0, Updates: >= 0, BestEpoch: >= 0, PartRows: >= 0 } && position.Training.Count == position.Epoch && position.Monitored.Count == position.Epoch && position.BestEpoch <= position.Epoch;
        return isSound && FoundSettingsJson.Read(root) is not null ? position : throw Damaged("its numbers contradict each other");
    });

    /// <summary>What finders had found.</summary>
    /// <exception cref="ModelTrainingException">MT4221: it is damaged. MT4222: it is of another training.</exception>
    public static FoundSettings LoadFound(string folder, TrainingFingerprint fingerprint) =>
        Load(folder, fingerprint, root => FoundSettingsJson.Read(root) ?? throw Damaged("its numbers contradict each other"));

    private static T Load<T>(string folder, TrainingFingerprint fingerprint, Func<JsonElement, T> read)
    {
        try
        {
            using var json = JsonDocument.Parse(System.IO.File.ReadAllBytes(Path.Combine(folder, File)));
            var root = json.RootElement;
            if (root.GetProperty("version").GetInt32() != Version) throw Other(folder, "the versions of its form");
            if (root.GetProperty("network").GetString() != fingerprint.Network) throw Other(folder, "the network");
            if (root.GetProperty("options").GetString() != fingerprint.Options) throw Other(folder, "the options or the seed");
            if (root.GetProperty("data").GetString() != fingerprint.Data) throw Other(folder, "the rows");
            return read(root);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or IndexOutOfRangeException or IOException)
        {
            throw Damaged(exception.Message);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, List<double> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
        {
            // JSON has no word for what is not finite, which a loss on rows that are not learned from may be.
            if (double.IsFinite(number)) json.WriteNumberValue(number);
            else json.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
        }

        json.WriteEndArray();
    }

    private static List<double> Read(JsonElement root, string name) => [.. root.GetProperty(name).EnumerateArray().Select(number => number.ValueKind == JsonValueKind.String ? double.Parse(number.GetString()!, CultureInfo.InvariantCulture) : number.GetDouble())];

    private static ModelTrainingException Damaged(string what) => new("MT4221", $"{File} is damaged: {what}.");

    private static ModelTrainingException Other(string folder, string what) =>
        new("MT4222", $"The checkpoint '{folder}' is of another training: {what} differ. Choose another folder, or delete this one to train from the beginning.");
}
