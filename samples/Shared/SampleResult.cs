using System.Text.Json.Serialization;
using ModelTraining;

namespace Samples;

/// <summary>The line of JSON that a sample ends with.</summary>
internal sealed record SampleResult(string Sample, string Metric, double Value, double Baseline, string Onnx, double Parity, double Seconds)
{
    public static SampleResult Of(string sample, PipelineRun run, string metric, TimeSpan elapsed) => new(
        sample,
        metric,
        Math.Round(run.Evaluation[metric], 4),
        Math.Round(run.Evaluation.Baseline[metric], 4),
        run.Exports[0].Path,
        run.Exports[0].Parity.LargestDifference,
        Math.Round(elapsed.TotalSeconds, 2));

    public string ToJson() => System.Text.Json.JsonSerializer.Serialize(this, SampleJson.Default.SampleResult);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SampleResult))]
internal sealed partial class SampleJson : JsonSerializerContext;
