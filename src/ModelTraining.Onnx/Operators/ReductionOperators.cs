namespace ModelTraining.Onnx;

/// <summary>Sums, means and extremes along axes. By default over all axes; an axis may count from the end; a reduced axis stays, with size 1, unless said otherwise.</summary>
public static class ReductionOperators
{
    /// <param name="value">What is reduced.</param>
    extension(Value value)
    {
        /// <summary>The sum.</summary>
        /// <exception cref="ModelTrainingException">MT3102: there is no such axis.</exception>
        public Value ReduceSum(IReadOnlyList<long>? axes = null, bool keepDims = true) => Reduce("ReduceSum", value, axes, keepDims, Emit.AxesAsInput);

        /// <summary>The mean.</summary>
        /// <exception cref="ModelTrainingException">MT3102: there is no such axis.</exception>
        public Value ReduceMean(IReadOnlyList<long>? axes = null, bool keepDims = true) => Reduce("ReduceMean", value, axes, keepDims, Emit.ReductionAxesAsInput);

        /// <summary>The largest element.</summary>
        /// <exception cref="ModelTrainingException">MT3102: there is no such axis.</exception>
        public Value ReduceMax(IReadOnlyList<long>? axes = null, bool keepDims = true) => Reduce("ReduceMax", value, axes, keepDims, Emit.ReductionAxesAsInput);

        /// <summary>The smallest element.</summary>
        /// <exception cref="ModelTrainingException">MT3102: there is no such axis.</exception>
        public Value ReduceMin(IReadOnlyList<long>? axes = null, bool keepDims = true) => Reduce("ReduceMin", value, axes, keepDims, Emit.ReductionAxesAsInput);

        /// <summary>The position of the largest element along an axis, the first of equals; Int64.</summary>
        /// <exception cref="ModelTrainingException">MT3102: there is no such axis.</exception>
        public Value ArgMax(long axis = -1, bool keepDims = true) => Position("ArgMax", value, axis, keepDims);

        /// <summary>The position of the smallest element along an axis, the first of equals; Int64.</summary>
        /// <exception cref="ModelTrainingException">MT3102: there is no such axis.</exception>
        public Value ArgMin(long axis = -1, bool keepDims = true) => Position("ArgMin", value, axis, keepDims);
    }

    private static Value Reduce(string opType, Value value, IReadOnlyList<long>? axes, bool keepDims, int axesAsInput)
    {
        var shape = Shapes.Reduce(opType, value, axes, keepDims);
        List<(string, object)> attributes = [("keepdims", keepDims ? 1L : 0L)];
        List<Value?> inputs = [value];
        if (axes is not null)
        {
            if (Emit.Since(value, axesAsInput)) inputs.Add(Emit.List(value.Graph, axes));
            else attributes.Add(("axes", axes.ToArray()));
        }

        return value.Graph.Add(opType, inputs, value.Type, shape, attributes);
    }

    private static Value Position(string opType, Value value, long axis, bool keepDims) => value.Graph.Add(
        opType, [value], ElementType.Int64, Shapes.Reduce(opType, value, [axis], keepDims), [("axis", axis), ("keepdims", keepDims ? 1L : 0L)]);
}
