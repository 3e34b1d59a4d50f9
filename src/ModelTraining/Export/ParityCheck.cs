using System.Globalization;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>Runs an exported model on raw rows in ONNX Runtime, and compares it with the trainer's own predictions.</summary>
internal static class ParityCheck
{
    private const int MostRows = 10_000;

    /// <exception cref="ModelTrainingException">MT3003: they differ; the message names the row and both predictions.</exception>
    public static Parity Verify(RunState state, byte[] model)
    {
        var rows = Rows(state);
        using var predictor = Predictor.Load(model);
        var table = RawRows.Of(state, predictor.Manifest.Inputs.Select(input => input.Name), rows);
        var predictions = predictor.Predict(table);
        if (state.Model is not CalibratedModel calibrated) return Compare(state, rows, Own(state, state.Model, rows), predictions, state.Threshold);

        // A steep calibration magnifies the last bits that runtimes differ by. So each part is held to the tolerance: the model, and what becomes of its outputs.
        using var inner = Predictor.Load(OnnxFile.ToBytes(ModelGraph.Build(state, calibrated.Inner, null)));
        var uncalibrated = inner.Predict(table);
        var ofModel = Compare(state, rows, Own(state, calibrated.Inner, rows), uncalibrated, null);
        var expected = uncalibrated.Scores.ToArray();
        calibrated.Map.Apply(expected, calibrated.OutputCount);
        var ofMap = Compare(state, rows, expected, predictions, state.Threshold);
        return ofModel with { LargestDifference = Math.Max(ofModel.LargestDifference, ofMap.LargestDifference) };
    }

    private static double Allowed(TrainedModel model) => ((model as CalibratedModel)?.Inner ?? model) is NetworkModel { WeightRounding: not null } ? WeightRounding.Tolerance : Parity.Tolerance;

    private static float[] Own(RunState state, TrainedModel model, int[] rows)
    {
        var outputs = new float[rows.Length * model.OutputCount];
        model.Predict(state.Data.Features, rows, outputs, state.Plan.Threads);
        return outputs;
    }

    private static Parity Compare(RunState state, int[] rows, float[] expected, PredictionTable predictions, float? threshold)
    {
        var (largest, size, allowed) = (0.0, SizeOf(state, expected), Allowed(state.Model));
        for (var i = 0; i < rows.Length; i++)
        {
            var own = expected.AsSpan(i * state.Model.OutputCount, state.Model.OutputCount);
            var difference = Difference(state, own, predictions[i], size, threshold, allowed);
            if (!(difference <= allowed))
            {
                throw new ModelTrainingException("MT3003", string.Create(CultureInfo.InvariantCulture,
                    $"The exported model differs from the trained one: row {state.Table.Origin(rows[i]) + 1} of the source gives {Text(predictions[i])} in ONNX Runtime, [{string.Join(", ", own.ToArray())}] in training. {Advice(state)}"));
            }

            largest = Math.Max(largest, difference);
        }

        return new Parity(rows.Length, largest) { Allowed = allowed };
    }

    /// <summary>
    /// What a value's difference is held against where the value itself is smaller: the values' root mean square. Large terms may cancel to a small value, which keeps
    /// their rounding.
    /// </summary>
    private static double SizeOf(RunState state, float[] expected)
    {
        if (state.Model.Task != LearningTask.Regression || expected.Length == 0) return 1;
        var squares = 0.0;
        foreach (var value in expected) squares += (double)value * value;
        return Math.Max(1, Math.Sqrt(squares / expected.Length));
    }

    /// <summary>The largest difference; not a number or infinite when the two can't be reconciled.</summary>
    private static double Difference(RunState state, ReadOnlySpan<float> own, Prediction other, double size, float? threshold, double allowed)
    {
        if (state.Model.Task == LearningTask.Regression) return Math.Abs((double)own[0] - other.Value!.Value) / Math.Max(size, Math.Abs(own[0]));
        var largest = 0.0;
        var best = 0;
        for (var c = 0; c < own.Length; c++)
        {
            largest = Math.Max(largest, Math.Abs((double)own[c] - other.Probabilities[c]));
            if (own[c] > own[best]) best = c;
        }

        if (threshold is { } least) return other.Label == state.Model.Classes[other.Probabilities[1] >= least ? 1 : 0] ? largest : double.PositiveInfinity;

        // Two classes that are as likely may change places when their probabilities differ in the last bits.
        var label = state.Model.Classes.Index().First(pair => pair.Item == other.Label).Index;
        return own[best] - own[label] <= allowed ? largest : double.PositiveInfinity;
    }

    private static int[] Rows(RunState state)
    {
        var rows = state.Split.TestRows;
        if (rows.Length <= MostRows) return rows.ToArray();
        var taken = new int[MostRows];
        for (var i = 0; i < taken.Length; i++) taken[i] = rows.Span[(int)((long)i * rows.Length / MostRows)];
        return taken;
    }

    private static string Text(Prediction prediction) =>
        prediction.Label is null ? prediction.ToString() : $"'{prediction.Label}' [{string.Join(", ", prediction.Probabilities)}]";

    private static string Advice(RunState state) => state.StagesOutsideModel.Count > 0
        ? $"{string.Join(", ", state.StagesOutsideModel)} changed rows outside the model. Hand row-wise changes to StageContext.Repair, so that the model makes them too."
        : "Please report this, with the pipeline.";
}
