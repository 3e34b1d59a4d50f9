using System.Text.Json;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>
/// What an exported model says of itself: what it takes and gives, how it came to be and how good it was. Kept as JSON in the model's file, under
/// <see cref="MetadataKey"/>; what a newer version of this library adds there is ignored by older ones.
/// </summary>
public sealed record ModelManifest
{
    /// <summary>Where in a file's metadata it is kept.</summary>
    public const string MetadataKey = "modeltraining.manifest";

    /// <summary>The version of the format that this library writes, and the newest that it reads.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>The version of the format. Default: the one that this library writes.</summary>
    public int FormatVersion { get; init; } = CurrentFormatVersion;

    /// <summary>What is predicted.</summary>
    public required LearningTask Task { get; init; }

    /// <summary>The name of the trainer, for example GradientBoosting.</summary>
    public required string Trainer { get; init; }

    /// <summary>The classes in the order of the probabilities; empty for regression.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>The columns that the model takes, all of them, in the order of the graph's inputs.</summary>
    public required IReadOnlyList<ModelInput> Inputs { get; init; }

    /// <summary>The features that the inputs become, in the order in which the model takes them; empty when it is not known.</summary>
    public IReadOnlyList<FeatureInfo> Features { get; init; } = [];

    /// <summary>What boosting made small, in words, for example Poisson; null where it was the default, or is not known.</summary>
    public string? Objective { get; init; }

    /// <summary>Columns that the data had and the model does not need: the label, ids, what was dropped. Rows may have them.</summary>
    public IReadOnlyList<string> OtherColumns { get; init; } = [];

    /// <summary>The column that is predicted; null when it is not known.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>The model's metrics by key, for example roc_auc.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>The same metrics of the baseline: the majority's class, the mean.</summary>
    public IReadOnlyDictionary<string, double> BaselineMetrics { get; init; } = new Dictionary<string, double>();

    /// <summary>A hash of the data that the model learned from; null when it is not known.</summary>
    public string? DataFingerprint { get; init; }

    /// <summary>The version of the library that made the model; null when it is not known.</summary>
    public string? LibraryVersion { get; init; }

    /// <summary>When training ended; null when it is not known.</summary>
    public DateTimeOffset? TrainedAt { get; init; }

    /// <summary>How training ended. Default: it went through.</summary>
    public RunStatus Status { get; init; }

    /// <summary>Of two classes, the least probability of the second at which it is the label; null where the more probable class is.</summary>
    public float? Threshold { get; init; }

    /// <summary>How the probabilities were calibrated, in a few words; null where they are the trainer's own.</summary>
    public string? Calibration { get; init; }

    /// <summary>Keeps the manifest in the metadata of <paramref name="graph"/>.</summary>
    /// <exception cref="ModelTrainingException">MT4212: it does not say what the graph does.</exception>
    public void WriteTo(Graph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        GraphContract.Check(this, graph);
        graph.Metadata[MetadataKey] = JsonSerializer.Serialize(this, ManifestJson.Default.ModelManifest);
    }

    /// <summary>The manifest in the metadata of <paramref name="graph"/>.</summary>
    /// <exception cref="ModelTrainingException">MT4210: there is none, or it is malformed. MT4211: it is of a newer library. MT4212: it does not say what the graph does.</exception>
    public static ModelManifest ReadFrom(Graph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        if (!graph.Metadata.TryGetValue(MetadataKey, out var json))
        {
            throw new ModelTrainingException("MT4210", $"The model has no '{MetadataKey}' in its metadata: it was not exported by this library. Run it with ONNX Runtime itself, or export it anew.");
        }

        var manifest = Parse(json);
        GraphContract.Check(manifest, graph);
        return manifest;
    }

    /// <summary>A manifest from its JSON.</summary>
    /// <exception cref="ModelTrainingException">MT4210: it is malformed. MT4211: it is of a newer library.</exception>
    internal static ModelManifest Parse(string json)
    {
        try
        {
            var version = JsonSerializer.Deserialize(json, ManifestJson.Default.ManifestVersion)?.FormatVersion;
            if (version is not >= 1) throw new JsonException("It has no format version.");
            if (version > CurrentFormatVersion)
            {
                throw new ModelTrainingException("MT4211", $"The model's manifest has format {version}; this library reads up to {CurrentFormatVersion}. Update ModelTraining to the version that exported the model.");
            }

            var manifest = JsonSerializer.Deserialize(json, ManifestJson.Default.ModelManifest)!.WithDefaults();
            if (manifest.Inputs.Contains(null!) || manifest.Classes.Contains(null!) || manifest.OtherColumns.Contains(null!) || manifest.Features.Contains(null!)) throw new JsonException("It has a null in a list.");
            return manifest;
        }
        catch (JsonException exception)
        {
            throw new ModelTrainingException("MT4210", $"The '{MetadataKey}' in the model's metadata is malformed: {exception.Message} Export the model anew.", exception);
        }
    }

    private static TextFormat WithDefaults(TextFormat? format)
    {
        format ??= TextFormat.Invariant;
        if (format.MissingMarkers?.Contains(null!) == true) throw new JsonException("It has a null in a list.");
        return format with { MissingMarkers = format.MissingMarkers ?? [], Units = format.Units ?? TextFormat.Invariant.Units };
    }

    /// <summary>The generated reader leaves what the JSON lacks at null, whatever the property's initial value.</summary>
    private ModelManifest WithDefaults() => this with
    {
        Classes = Classes ?? [],
        Features = Features ?? [],
        OtherColumns = OtherColumns ?? [],
        Metrics = Metrics ?? new Dictionary<string, double>(),
        BaselineMetrics = BaselineMetrics ?? new Dictionary<string, double>(),
        Inputs = [.. Inputs.Select(input => input is null ? null! : input with { Format = WithDefaults(input.Format), Shape = input.Shape ?? [] })],
    };
}
