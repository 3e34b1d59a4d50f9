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
        var check = new Served(state, rows, table);
        var (expected, largest) = Expected(check, state.Model);
        var whole = Compare(state, rows, expected, predictor.Predict(table), state.Threshold);
        return whole with { LargestDifference = Math.Max(largest, whole.LargestDifference) };
    }

    /// <summary>
    /// What the exported model is to give: what the trained one gives. But a steep calibration magnifies the last bits that runtimes differ by, so it is held to the tolerance part by part: the
    /// model before it, and what it makes of that model's outputs in ONNX Runtime.
    /// </summary>
    private static (float[] Outputs, double Largest) Expected(Served served, TrainedModel model)
    {
        switch (model)
        {
            case CalibratedModel calibrated: return Calibrated(served, calibrated.Inner, calibrated.Map);
            case EnsembleModel { Members: [CalibratedModel only] } alone: return Calibrated(served, alone.With(_ => only.Inner), only.Map);
            case EnsembleModel ensemble when ensemble.Members.Any(member => member is CalibratedModel):
                var (mean, largest) = (new float[served.Rows.Length * ensemble.OutputCount], 0.0);
                for (var i = 0; i < ensemble.Members.Count; i++)
                {
                    var (said, difference) = Expected(served, ensemble.Alone(i));
                    for (var j = 0; j < mean.Length; j++) mean[j] += ensemble.Weights[i] * said[j];
                    largest = Math.Max(largest, difference);
                }

                return (mean, largest);
            default: return (served.Predict(model), 0);
        }
    }

    private static (float[] Outputs, double Largest) Calibrated(Served served, TrainedModel inner, ProbabilityMap map)
    {
        var (own, largest) = Expected(served, inner);
        using var predictor = Predictor.Load(OnnxFile.ToBytes(ModelGraph.Build(served.State, inner, null)));
        var predictions = predictor.Predict(served.Table);
        var parity = Compare(served.State, served.Rows, own, predictions, null);
        var outputs = predictions.Scores.ToArray();
        map.Apply(outputs, inner.OutputCount);
        return (outputs, Math.Max(largest, parity.LargestDifference));
    }

    /// <summary>How far the two may be apart: a network that computes in 16 bits rounds in each layer.</summary>
    private static double Allowed(TrainedModel model) => model switch
    {
        CalibratedModel calibrated => Allowed(calibrated.Inner),
        EnsembleModel ensemble => ensemble.Members.Max(Allowed),
        NetworkModel { WeightRounding: not null } => WeightRounding.Tolerance,
        _ => Parity.Tolerance,
    };

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
        var rows = state.ServedRows;
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

    /// <summary>Rows to compare on, as a caller gives them and as the trained model takes them.</summary>
    private sealed class Served
    {
        private readonly FeatureSet _features;
        private readonly int[] _positions;

        public Served(RunState state, int[] rows, Table table)
        {
            (State, Rows, Table) = (state, rows, table);
            // A training row's features may know its target; those of rows that are served do not.
            (_features, _positions) = state.Split.TestRows.IsEmpty ? (state.Features.Apply(state.Table.Take(rows)), [.. Enumerable.Range(0, rows.Length)]) : (state.Data.Features, rows);
        }

        public RunState State { get; }

        public int[] Rows { get; }

        public Table Table { get; }

        public float[] Predict(TrainedModel model)
        {
            var outputs = new float[Rows.Length * model.OutputCount];
            model.Predict(_features, _positions, outputs, State.Plan.Threads);
            return outputs;
        }
    }
}
