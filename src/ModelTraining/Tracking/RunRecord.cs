using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ModelTraining;

/// <summary>What run.json holds.</summary>
internal sealed record RunRecord
{
    public const string File = "run.json";

    // "→" and "é" as they are: people read these files.
    private static readonly RunJson Readable = new(new JsonSerializerOptions(RunJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public required string Name { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public RunOutcome Outcome { get; init; }

    public string? Error { get; init; }

    public required Dictionary<string, string> Options { get; init; }

    public IReadOnlyList<string>? Warnings { get; init; }

    public IReadOnlyList<string>? Models { get; init; }

    public static byte[] ToBytes(RunRecord record) => JsonSerializer.SerializeToUtf8Bytes(record, Readable.RunRecord);
}

[JsonSerializable(typeof(RunRecord))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
internal sealed partial class RunJson : JsonSerializerContext;

/// <summary>A line of metrics.jsonl.</summary>
[JsonSerializable(typeof(RunMetric))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class RunLineJson : JsonSerializerContext;
