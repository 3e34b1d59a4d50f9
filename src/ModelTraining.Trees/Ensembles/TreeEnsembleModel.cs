using System.Buffers;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>A sum of trees, turned into probabilities where classes are predicted.</summary>
/// <param name="trees">The trees.</param>
/// <param name="baseScores">What each output starts from.</param>
/// <param name="features">The features in the model's order.</param>
internal sealed unsafe class TreeEnsembleModel(IReadOnlyList<DecisionTree> trees, float[] baseScores, IReadOnlyList<FeatureInfo> features) : TrainedModel, IExplainableModel
{
    private const int BlocksPerTask = 16;
    private readonly EnsembleScorer _scorer = new(trees, features);
    private readonly Lazy<TreeExplainer> _explainer = new(() => new TreeExplainer(trees, baseScores, features));

    public IReadOnlyList<DecisionTree> Trees => trees;

    public IReadOnlyList<float> BaseScores => baseScores;

    /// <summary>Whether the sums are shares of classes already, as a forest's are, and not scores to be turned into such.</summary>
    public bool SumsAreShares { get; init; }

    /// <summary>What was made small: says what scores stand for where numbers are predicted. Null for the default, by which they are the predictions.</summary>
    public BoostingObjective? Objective { get; init; }

    /// <summary>The trees' sums are explained: of boosting what comes before probabilities, of a forest the shares of classes.</summary>
    public string ExplainedUnit => Task switch
    {
        LearningTask.Regression => Objective is null ? "value" : UnitOf(Objective),
        _ when SumsAreShares => "probability",
        LearningTask.BinaryClassification => "log-odds",
        _ => "score before softmax",
    };

    public IReadOnlyList<double> BaseValues => _explainer.Value.BaseValues;

    public long OperationsPerRow => _explainer.Value.OperationsPerRow;

    public void Explain(FeatureSet features, ReadOnlyMemory<int> rows, Memory<float> values, int threads = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Count != Features.Count) throw new ArgumentException($"The model takes {Features.Count} features, not {features.Count}.", nameof(features));
        if (values.Length != (long)rows.Length * baseScores.Length * features.Count) throw new ArgumentException($"{rows.Length} rows have {(long)rows.Length * baseScores.Length * features.Count} SHAP values, not {values.Length}.", nameof(values));
        _explainer.Value.Explain(features, rows, values, threads, cancellationToken);
    }

    public override void Predict(FeatureSet features, ReadOnlySpan<int> rows, Span<float> outputs, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Count != Features.Count) throw new ArgumentException($"The model takes {Features.Count} features, not {features.Count}.", nameof(features));
        if (outputs.Length != (long)rows.Length * OutputCount) throw new ArgumentException($"{rows.Length} rows have {(long)rows.Length * OutputCount} outputs, not {outputs.Length}.", nameof(outputs));
        const int TaskRows = BlocksPerTask * ScoredTree.BlockRows;
        var count = rows.Length;
        if (threads <= 1 || count <= TaskRows)
        {
            PredictRows(features, rows, outputs);
            return;
        }

        fixed (int* firstRow = rows)
        fixed (float* firstOutput = outputs)
        {
            // A lambda can't hold spans; what it points at stays fixed until all threads are done.
            var (rowsAddress, outputsAddress) = ((nint)firstRow, (nint)firstOutput);
            Parallel.For(0, (count + TaskRows - 1) / TaskRows, new ParallelOptions { MaxDegreeOfParallelism = threads }, task =>
            {
                var first = task * TaskRows;
                var taken = Math.Min(TaskRows, count - first);
                PredictRows(features, new ReadOnlySpan<int>((int*)rowsAddress + first, taken), new Span<float>((float*)outputsAddress + ((long)first * OutputCount), taken * OutputCount));
            });
        }
    }

    public override Value Emit(Value features)
    {
        ArgumentNullException.ThrowIfNull(features);
        return TreeEnsembleGraph.Emit(features, this);
    }

    /// <summary>Two points tell a score that is the prediction, or its logarithm, from any other.</summary>
    private static string UnitOf(BoostingObjective objective) => (objective.Predict(0), objective.Predict(1)) switch
    {
        (0, 1) => "value",
        (1, Math.E) => "log of the value",
        _ => "score",
    };

    private void PredictRows(FeatureSet features, ReadOnlySpan<int> rows, Span<float> outputs)
    {
        var buffer = ArrayPool<float>.Shared.Rent(baseScores.Length * ScoredTree.BlockRows);
        try
        {
            var sums = buffer.AsSpan(0, baseScores.Length * ScoredTree.BlockRows);
            for (var first = 0; first < rows.Length; first += ScoredTree.BlockRows)
            {
                var block = rows.Slice(first, Math.Min(ScoredTree.BlockRows, rows.Length - first));
                sums.Clear();
                _scorer.AddBlock(features, block, sums);
                Finish(sums, block.Length, outputs.Slice(first * OutputCount, block.Length * OutputCount));
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }

    private void Finish(ReadOnlySpan<float> sums, int rows, Span<float> outputs)
    {
        if (SumsAreShares && Task != LearningTask.Regression)
        {
            ClassShares.Finish(sums, baseScores, rows, outputs);
            return;
        }

        for (var row = 0; row < rows; row++)
        {
            var output = outputs.Slice(row * OutputCount, OutputCount);
            switch (Task)
            {
                case LearningTask.Regression:
                    output[0] = Objective is null ? sums[row] + baseScores[0] : (float)Objective.Predict(sums[row] + baseScores[0]);
                    break;
                case LearningTask.BinaryClassification:
                    output[1] = 1 / (1 + MathF.Exp(-(sums[row] + baseScores[0])));
                    output[0] = 1 - output[1];
                    break;
                default:
                    for (var i = 0; i < output.Length; i++) output[i] = sums[(i * ScoredTree.BlockRows) + row] + baseScores[i];
                    Softmax(output);
                    break;
            }
        }
    }

    private static void Softmax(Span<float> scores)
    {
        var most = float.NegativeInfinity;
        foreach (var score in scores) most = Math.Max(most, score);
        var sum = 0f;
        foreach (ref var score in scores)
        {
            score = MathF.Exp(score - most);
            sum += score;
        }

        foreach (ref var score in scores) score /= sum;
    }
}
