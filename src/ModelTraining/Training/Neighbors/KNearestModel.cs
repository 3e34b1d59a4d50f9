using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>
/// The training rows, and what the nearest of them predict. Squared distances are computed in double precision and compared in single, a millionth added: equal
/// ones stay equal in whatever order their terms are summed, here and in the graph, so that both prefer the earlier row.
/// </summary>
/// <param name="points">[rows, features].</param>
/// <param name="votes">[rows, votes]: each class's weight; or of a number weight times value and the weight.</param>
/// <param name="rows">The number of training rows.</param>
/// <param name="neighbors">How many predict; at most as many as there are rows.</param>
internal sealed unsafe class KNearestModel(float[] points, double[] votes, int rows, int neighbors) : TrainedModel
{
    private const int BlockRows = 16;

    /// <summary>The graph compares with so many training rows at a time: distances of a batch to all of them would take gigabytes.</summary>
    private const int GraphRows = 2048;

    private const double Offset = 1e-6;
    private readonly double[] _squares = Squares(points, rows);
    private readonly int _voteCount = votes.Length / rows;

    public override void Predict(FeatureSet features, ReadOnlySpan<int> asked, Span<float> outputs, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Count != Features.Count) throw new ArgumentException($"The model takes {Features.Count} features, not {features.Count}.", nameof(features));
        if (outputs.Length != (long)asked.Length * OutputCount) throw new ArgumentException($"{asked.Length} rows have {(long)asked.Length * OutputCount} outputs, not {outputs.Length}.", nameof(outputs));
        var count = asked.Length;
        fixed (int* firstRow = asked)
        fixed (float* firstOutput = outputs)
        {
            // A lambda can't hold spans; what it points at stays fixed until all threads are done.
            var (rowsAddress, outputsAddress) = ((nint)firstRow, (nint)firstOutput);
            ColumnLoop.Run((count + BlockRows - 1) / BlockRows, threads, block =>
            {
                var first = block * BlockRows;
                var taken = Math.Min(BlockRows, count - first);
                PredictBlock(features, new ReadOnlySpan<int>((int*)rowsAddress + first, taken), new Span<float>((float*)outputsAddress + ((long)first * OutputCount), taken * OutputCount));
            });
        }
    }

    public override Value Emit(Value features)
    {
        ArgumentNullException.ThrowIfNull(features);
        var graph = features.Graph;
        var asked = features.Cast(ElementType.Double);
        var squares = (asked * asked).ReduceSum([1]);
        var (distances, positions) = (new List<Value>(), new List<Value>());
        for (var first = 0; first < rows; first += GraphRows)
        {
            var taken = Math.Min(GraphRows, rows - first);
            var (nearest, places) = Least(Distances(asked, squares, first, taken), Math.Min(neighbors, taken));
            distances.Add(nearest);
            positions.Add(first == 0 ? places : places + first);
        }

        var all = positions[0];
        if (positions.Count > 1)
        {
            var (_, places) = Least(ShapingOperators.Concat(distances, 1), neighbors);
            all = graph.Add("GatherElements", [ShapingOperators.Concat(positions, 1), places], ElementType.Int64, [Dimension.Batch, neighbors], [("axis", 1L)]);
        }

        var sums = graph.Constant(Tensor.Of(votes, rows, _voteCount)).Gather(all).ReduceSum([1], keepDims: false);
        var outputs = Task == LearningTask.Regression ? sums.Slice(0, 1, 1) / sums.Slice(1, 2, 1) : sums / sums.ReduceSum([1]);
        return outputs.Cast(ElementType.Float);
    }

    /// <summary>The squared distances to some of the training rows, float [batch, taken].</summary>
    private Value Distances(Value asked, Value squares, int first, int taken)
    {
        var graph = asked.Graph;
        var some = graph.Constant(Tensor.Of(points.AsSpan(first * Features.Count, taken * Features.Count).ToArray(), taken, Features.Count)).Cast(ElementType.Double);
        var products = asked.Gemm(some, transposeWeight: true);
        var distances = squares + graph.Constant(Tensor.Of(_squares.AsSpan(first, taken).ToArray(), 1, taken)) - (products + products);
        return (distances.Max(0) + graph.Constant(Tensor.Of([Offset], 1))).Cast(ElementType.Float);
    }

    /// <summary>The least values of each row and their positions, the first of equals first.</summary>
    private static (Value Values, Value Positions) Least(Value values, int count)
    {
        var found = values.Graph.Add(
            "TopK",
            [values, values.Graph.Constant(Tensor.Of([(long)count], 1))],
            [(values.Type, [Dimension.Batch, count]), (ElementType.Int64, [Dimension.Batch, count])],
            [("axis", 1L), ("largest", 0L), ("sorted", 1L)]);
        return (found[0], found[1]);
    }

    private void PredictBlock(FeatureSet features, ReadOnlySpan<int> asked, Span<float> outputs)
    {
        var width = Features.Count;
        var queries = new double[BlockRows * width];
        var squares = new double[BlockRows];
        var (nearest, distances, found) = (new int[BlockRows * neighbors], new float[BlockRows * neighbors], new int[BlockRows]);
        for (var feature = 0; feature < width; feature++)
        {
            var column = features.Column(feature);
            for (var i = 0; i < asked.Length; i++) queries[(i * width) + feature] = column[asked[i]];
        }

        for (var i = 0; i < asked.Length; i++) squares[i] = Vectors.Dot(queries.AsSpan(i * width, width), queries.AsSpan(i * width, width));
        for (var row = 0; row < rows; row++)
        {
            var point = points.AsSpan(row * width, width);
            for (var i = 0; i < asked.Length; i++)
            {
                var distance = (float)(Math.Max(squares[i] + _squares[row] - (2 * Vectors.Dot(point, queries.AsSpan(i * width, width))), 0) + Offset);
                var (first, kept) = (i * neighbors, found[i]);
                if (kept == neighbors && !(distance < distances[first + kept - 1])) continue;
                var place = kept == neighbors ? kept - 1 : found[i]++;
                for (; place > 0 && distances[first + place - 1] > distance; place--) (distances[first + place], nearest[first + place]) = (distances[first + place - 1], nearest[first + place - 1]);
                (distances[first + place], nearest[first + place]) = (distance, row);
            }
        }

        for (var i = 0; i < asked.Length; i++) Vote(nearest.AsSpan(i * neighbors, neighbors), outputs.Slice(i * OutputCount, OutputCount));
    }

    private void Vote(ReadOnlySpan<int> nearest, Span<float> outputs)
    {
        Span<double> sums = _voteCount <= 64 ? stackalloc double[_voteCount] : new double[_voteCount];
        sums.Clear();
        foreach (var row in nearest)
        {
            for (var vote = 0; vote < sums.Length; vote++) sums[vote] += votes[(row * _voteCount) + vote];
        }

        if (Task == LearningTask.Regression)
        {
            outputs[0] = (float)(sums[0] / sums[1]);
            return;
        }

        var total = 0.0;
        foreach (var sum in sums) total += sum;
        for (var i = 0; i < outputs.Length; i++) outputs[i] = (float)(sums[i] / total);
    }

    private static double[] Squares(float[] points, int rows)
    {
        var width = points.Length / rows;
        var squares = new double[rows];
        for (var row = 0; row < rows; row++)
        {
            foreach (var value in points.AsSpan(row * width, width)) squares[row] += (double)value * value;
        }

        return squares;
    }
}
