using Microsoft.ML;
using Microsoft.ML.Trainers.Recommender;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>Two tables of vectors. A row of NaN at the end of each stands for what training has not seen: then, and where a vector has none of its own, the prediction is the mean.</summary>
internal sealed class FactorizationModel : MLNetModel
{
    private readonly float[] _first, _second;
    private readonly int _rank;
    private readonly float _mean;

    public FactorizationModel(MLContext context, MatrixFactorizationPredictionTransformer transformer, DataViewSchema inputSchema, float mean) : base(context, transformer, inputSchema)
    {
        var factors = transformer.Model;
        (_rank, _mean) = (factors.ApproximationRank, mean);
        float[] unseen = [.. Enumerable.Repeat(float.NaN, _rank)];
        _first = [.. factors.RightFactorMatrix, .. unseen];
        _second = [.. factors.LeftFactorMatrix, .. unseen];
    }

    public override void Predict(FeatureSet features, ReadOnlySpan<int> rows, Span<float> outputs, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Count != 2) throw new ArgumentException($"The model takes 2 features, not {features.Count}.", nameof(features));
        if (outputs.Length != rows.Length) throw new ArgumentException($"{rows.Length} rows have {rows.Length} outputs, not {outputs.Length}.", nameof(outputs));
        var first = features.Column(0);
        var second = features.Column(1);
        for (var i = 0; i < rows.Length; i++)
        {
            var one = Vector(_first, first[rows[i]]);
            var other = Vector(_second, second[rows[i]]);
            var score = 0f;
            for (var k = 0; k < one.Length; k++) score += one[k] * other[k];
            outputs[i] = float.IsNaN(score) ? _mean : score;
        }
    }

    public override Value Emit(Value features)
    {
        ArgumentNullException.ThrowIfNull(features);
        var score = (Vectors(features, _first, 0) * Vectors(features, _second, 1)).ReduceSum([1]);
        return score.IsNaN().Where(_mean, score);
    }

    private ReadOnlySpan<float> Vector(float[] vectors, float position)
    {
        var last = (vectors.Length / _rank) - 1;
        return vectors.AsSpan((position >= 0 && position < last ? (int)position : last) * _rank, _rank);
    }

    /// <summary>[batch, rank].</summary>
    private Value Vectors(Value features, float[] vectors, int feature)
    {
        var count = vectors.Length / _rank;
        var position = features.Slice(feature, feature + 1, 1).Reshape(-1);
        var index = position.IsNaN().Where(count - 1f, position).Cast(ElementType.Int64);
        return features.Graph.Constant(Tensor.Of(vectors, count, _rank)).Gather(index);
    }
}
