using System.Collections.Immutable;
using System.Text.Json;

namespace ModelTraining;

/// <summary>What finders found, within the state of a checkpoint. What was not looked for is not there.</summary>
internal static class FoundSettingsJson
{
    public static void Write(Utf8JsonWriter json, FoundSettings? found)
    {
        if (found?.BatchSize is { } batch)
        {
            json.WriteStartObject("found_batch_size");
            json.WriteNumber("batch_size", batch.BatchSize);
            json.WriteNumber("budget_bytes", batch.BudgetBytes);
            json.WriteStartArray("trials");
            foreach (var trial in batch.Trials)
            {
                json.WriteStartArray();
                json.WriteNumberValue(trial.BatchSize);
                json.WriteNumberValue(trial.ExpectedBytes);
                if (trial.PeakBytes is { } peak) json.WriteNumberValue(peak);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        if (found?.LearningRate is not { } rate) return;
        json.WriteStartObject("found_learning_rate");
        json.WriteNumber("learning_rate", rate.LearningRate);
        json.WriteNumber("minimum_tenth", rate.MinimumTenth);
        json.WriteBoolean("diverged", rate.Diverged);
        json.WriteStartArray("points");
        foreach (var point in rate.Points)
        {
            json.WriteStartArray();
            json.WriteNumberValue(point.LearningRate);
            json.WriteNumberValue(point.Loss);
            json.WriteNumberValue(point.SmoothedLoss);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Null where it makes no sense.</summary>
    public static FoundSettings? Read(JsonElement root)
    {
        FoundBatchSize? batch = null;
        FoundLearningRate? rate = null;
        if (root.TryGetProperty("found_batch_size", out var size))
        {
            var trials = size.GetProperty("trials").EnumerateArray().Select(trial => new BatchSizeTrial(trial[0].GetInt32(), trial[1].GetInt64(), trial.GetArrayLength() > 2 ? trial[2].GetInt64() : null));
            batch = new FoundBatchSize(size.GetProperty("batch_size").GetInt32(), size.GetProperty("budget_bytes").GetInt64(), [.. trials]);
        }

        if (root.TryGetProperty("found_learning_rate", out var curve))
        {
            ImmutableArray<LearningRatePoint> points = [.. curve.GetProperty("points").EnumerateArray().Select(point => new LearningRatePoint(point[0].GetDouble(), point[1].GetDouble(), point[2].GetDouble()))];
            rate = new FoundLearningRate(curve.GetProperty("learning_rate").GetDouble(), curve.GetProperty("minimum_tenth").GetDouble(), curve.GetProperty("diverged").GetBoolean(), points);
        }

        return batch is null or { BatchSize: > 0 } && rate is null or { LearningRate: > 0 } ? new FoundSettings(batch, rate) : null;
    }
}
