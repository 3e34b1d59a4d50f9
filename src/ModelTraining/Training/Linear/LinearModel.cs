using System.Buffers;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>
/// A weighted sum of the features for each output, turned into probabilities where classes are predicted. Computed in double precision, here and in the
/// exported graph, as a target's size may use up the digits of single precision.
/// </summary>
/// <remarks>
/// Standard errors are the roots of the diagonal of the inverse Hessian of what was made small, times the residual variance in regression. Without a penalty
/// these are the classical ones (in regression with weights those of weighted least squares, the weights being inverse variances up to a factor); with an L2
/// penalty they are the posterior's deviations under the normal prior that the penalty stands for. Of three or more classes they are those of the
/// coefficients centred over the classes, as only differences of classes are determined. There are none with an L1 penalty, for a feature that is a linear
/// combination of others, and for a classifier of more than 2,000 coefficients.
/// </remarks>
public sealed class LinearModel : TrainedModel, IExplainableModel
{
    private const int BlockRows = 256;
    private readonly double[] _weights;
    private readonly double[] _biases;
    private readonly LinearShap _shap;

    /// <param name="weights">[outputs, features].</param>
    /// <param name="biases">[outputs].</param>
    /// <param name="means">The mean of each feature over the training rows, by their weight.</param>
    internal LinearModel(double[] weights, double[] biases, double[] means) => (_weights, _biases, _shap) = (weights, biases, new LinearShap(weights, biases, means));

    /// <summary>The coefficients, class after class (of two classes those of the positive one), in the order of the features.</summary>
    public required IReadOnlyList<LinearCoefficient> Coefficients { get; init; }

    /// <summary>The intercepts, one a class (of two classes one), or the one of a regression; 0 where none was wanted.</summary>
    public required IReadOnlyList<LinearCoefficient> Intercepts { get; init; }

    string IExplainableModel.ExplainedUnit => Task switch
    {
        LearningTask.Regression => "value",
        LearningTask.BinaryClassification => "log-odds",
        _ => "score before softmax",
    };

    IReadOnlyList<double> IExplainableModel.BaseValues => _shap.BaseValues;

    long IExplainableModel.OperationsPerRow => 2L * _weights.Length;

    void IExplainableModel.Explain(FeatureSet features, ReadOnlyMemory<int> rows, Memory<float> values, int threads, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Count != Features.Count) throw new ArgumentException($"The model takes {Features.Count} features, not {features.Count}.", nameof(features));
        if (values.Length != (long)rows.Length * _weights.Length) throw new ArgumentException($"{rows.Length} rows have {(long)rows.Length * _weights.Length} SHAP values, not {values.Length}.", nameof(values));
        _shap.Explain(features, rows.Span, values.Span, cancellationToken);
    }

    /// <inheritdoc/>
    public override void Predict(FeatureSet features, ReadOnlySpan<int> rows, Span<float> outputs, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Count != Features.Count) throw new ArgumentException($"The model takes {Features.Count} features, not {features.Count}.", nameof(features));
        if (outputs.Length != (long)rows.Length * OutputCount) throw new ArgumentException($"{rows.Length} rows have {(long)rows.Length * OutputCount} outputs, not {outputs.Length}.", nameof(outputs));
        var sums = ArrayPool<double>.Shared.Rent(_biases.Length * BlockRows);
        try
        {
            for (var first = 0; first < rows.Length; first += BlockRows)
            {
                var block = rows.Slice(first, Math.Min(BlockRows, rows.Length - first));
                Sum(features, block, sums);
                Finish(sums, block.Length, outputs.Slice(first * OutputCount, block.Length * OutputCount));
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(sums);
        }
    }

    /// <inheritdoc/>
    public override Value Emit(Value features)
    {
        ArgumentNullException.ThrowIfNull(features);
        var graph = features.Graph;
        var weights = graph.Constant(Tensor.Of(_weights, _biases.Length, Features.Count));
        var sums = features.Cast(ElementType.Double).Gemm(weights, graph.Constant(Tensor.Of(_biases, _biases.Length)), transposeWeight: true).Cast(ElementType.Float);
        return Task switch
        {
            LearningTask.Regression => sums,
            LearningTask.BinaryClassification => ShapingOperators.Concat([(-sums).Sigmoid(), sums.Sigmoid()], 1),
            _ => sums.Softmax(),
        };
    }

    /// <summary>Writes [outputs, <see cref="BlockRows"/>] sums.</summary>
    private void Sum(FeatureSet features, ReadOnlySpan<int> rows, Span<double> sums)
    {
        Span<float> values = stackalloc float[BlockRows];
        values = values[..rows.Length];
        for (var output = 0; output < _biases.Length; output++) sums.Slice(output * BlockRows, rows.Length).Fill(_biases[output]);
        for (var feature = 0; feature < features.Count; feature++)
        {
            var column = features.Column(feature);
            for (var i = 0; i < rows.Length; i++) values[i] = column[rows[i]];
            for (var output = 0; output < _biases.Length; output++) Vectors.AddScaled(values, _weights[(output * features.Count) + feature], sums.Slice(output * BlockRows, rows.Length));
        }
    }

    private void Finish(ReadOnlySpan<double> sums, int rows, Span<float> outputs)
    {
        for (var row = 0; row < rows; row++)
        {
            switch (Task)
            {
                case LearningTask.Regression:
                    outputs[row] = (float)sums[row];
                    break;
                case LearningTask.BinaryClassification:
                    outputs[2 * row] = (float)(1 / (1 + Math.Exp((float)sums[row])));
                    outputs[(2 * row) + 1] = (float)(1 / (1 + Math.Exp(-(float)sums[row])));
                    break;
                default:
                    Softmax(sums[row..], outputs.Slice(row * OutputCount, OutputCount));
                    break;
            }
        }
    }

    private static void Softmax(ReadOnlySpan<double> sums, Span<float> outputs)
    {
        var most = float.NegativeInfinity;
        for (var i = 0; i < outputs.Length; i++) most = Math.Max(most, outputs[i] = (float)sums[i * BlockRows]);
        var total = 0f;
        foreach (ref var output in outputs) total += output = MathF.Exp(output - most);
        foreach (ref var output in outputs) output /= total;
    }
}
