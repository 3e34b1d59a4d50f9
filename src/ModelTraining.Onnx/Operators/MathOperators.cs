namespace ModelTraining.Onnx;

/// <summary>Functions of one value, element by element; NaN in is NaN out.</summary>
public static class MathOperators
{
    /// <summary>From this version of the default operator set Softmax is over one axis; before, over all axes from that one on.</summary>
    private const int SoftmaxOverOneAxis = 13;

    /// <param name="value">What the function is of.</param>
    extension(Value value)
    {
        /// <summary>The largest whole number that is not larger.</summary>
        public Value Floor() => Emit.Unary("Floor", value);

        /// <summary>The smallest whole number that is not smaller.</summary>
        public Value Ceil() => Emit.Unary("Ceil", value);

        /// <summary>The nearest whole number; halves go to the even one.</summary>
        public Value Round() => Emit.Unary("Round", value);

        /// <summary>The exponential function.</summary>
        public Value Exp() => Emit.Unary("Exp", value);

        /// <summary>The natural logarithm.</summary>
        public Value Log() => Emit.Unary("Log", value);

        /// <summary>The square root.</summary>
        public Value Sqrt() => Emit.Unary("Sqrt", value);

        /// <summary>The sine, of an angle in radians.</summary>
        public Value Sin() => Emit.Unary("Sin", value);

        /// <summary>The cosine, of an angle in radians.</summary>
        public Value Cos() => Emit.Unary("Cos", value);

        /// <summary>The error function.</summary>
        public Value Erf() => Emit.Unary("Erf", value);

        /// <summary>The hyperbolic tangent.</summary>
        public Value Tanh() => Emit.Unary("Tanh", value);

        /// <summary>1 / (1 + e^−x).</summary>
        public Value Sigmoid() => Emit.Unary("Sigmoid", value);

        /// <summary>max(x, 0).</summary>
        public Value Relu() => Emit.Unary("Relu", value);

        /// <summary>e^x over the sum of e^x along <paramref name="axis"/>: probabilities that sum to 1.</summary>
        /// <exception cref="ModelTrainingException">MT3102: there is no such axis, or it is not the last one and the opset is before 13.</exception>
        public Value Softmax(int axis = -1)
        {
            if (value.Shape is { } shape)
            {
                axis = Shapes.Axis("Softmax", value, axis, shape.Count);
                if (axis == shape.Count - 1) axis = -1;
            }

            if (!Emit.Since(value, SoftmaxOverOneAxis))
            {
                if (axis != -1) throw new ModelTrainingException("MT3102", $"Softmax over axis {axis} of {value} needs opset {SoftmaxOverOneAxis}; the graph uses {value.Graph.Opsets[""]}. Transpose, or take the last axis.");
                if (value.Shape is null) throw new ModelTrainingException("MT3102", $"Softmax before opset {SoftmaxOverOneAxis} needs the rank of {value}. Reshape it first.");
                axis = value.Shape.Count - 1;
            }

            return Emit.Unary("Softmax", value, ("axis", (long)axis));
        }
    }
}
