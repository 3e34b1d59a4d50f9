namespace ModelTraining.Onnx;

/// <summary>Comparisons, element by element; operands broadcast, results are booleans. Every comparison with NaN is false.</summary>
public static class ComparisonOperators
{
    /// <summary>The version of the default operator set from which Equal takes text.</summary>
    private const int EqualTakesText = 19;

    /// <param name="value">The left operand.</param>
    extension(Value value)
    {
        /// <summary>x = y. Text is compared from opset 19 on; before, a <see cref="LearningOperators"/> LabelEncoder does it.</summary>
        /// <exception cref="ModelTrainingException">MT3101: the types differ, or are text and the opset is older.</exception>
        public Value Equal(Value other)
        {
            if (value.Type == ElementType.String && !Emit.Since(value, EqualTakesText))
            {
                throw new ModelTrainingException("MT3101", $"Equal takes no text before opset {EqualTakesText}; the graph uses {value.Graph.Opsets[""]}, and {value} is text. Use LabelEncoder.");
            }

            return Emit.Binary("Equal", value, other, ElementType.Bool);
        }

        /// <summary>x = y.</summary>
        public Value Equal(float other) => value.Equal(Emit.Scalar(value, other));

        /// <summary>x = y.</summary>
        public Value Equal(long other) => value.Equal(Emit.Scalar(value, other));

        /// <summary>x &lt; y.</summary>
        public Value Less(Value other) => Emit.Binary("Less", value, other, ElementType.Bool);

        /// <summary>x &lt; y.</summary>
        public Value Less(float other) => value.Less(Emit.Scalar(value, other));

        /// <summary>x &lt; y.</summary>
        public Value Less(long other) => value.Less(Emit.Scalar(value, other));

        /// <summary>x ≤ y. Opset 12 or later.</summary>
        public Value LessOrEqual(Value other) => Emit.Binary("LessOrEqual", value, other, ElementType.Bool);

        /// <summary>x ≤ y. Opset 12 or later.</summary>
        public Value LessOrEqual(float other) => value.LessOrEqual(Emit.Scalar(value, other));

        /// <summary>x ≤ y. Opset 12 or later.</summary>
        public Value LessOrEqual(long other) => value.LessOrEqual(Emit.Scalar(value, other));

        /// <summary>x &gt; y.</summary>
        public Value Greater(Value other) => Emit.Binary("Greater", value, other, ElementType.Bool);

        /// <summary>x &gt; y.</summary>
        public Value Greater(float other) => value.Greater(Emit.Scalar(value, other));

        /// <summary>x &gt; y.</summary>
        public Value Greater(long other) => value.Greater(Emit.Scalar(value, other));

        /// <summary>x ≥ y. Opset 12 or later.</summary>
        public Value GreaterOrEqual(Value other) => Emit.Binary("GreaterOrEqual", value, other, ElementType.Bool);

        /// <summary>x ≥ y. Opset 12 or later.</summary>
        public Value GreaterOrEqual(float other) => value.GreaterOrEqual(Emit.Scalar(value, other));

        /// <summary>x ≥ y. Opset 12 or later.</summary>
        public Value GreaterOrEqual(long other) => value.GreaterOrEqual(Emit.Scalar(value, other));

        /// <summary>Whether x is not a number.</summary>
        public Value IsNaN() => value.Graph.Add("IsNaN", [value], ElementType.Bool, value.Shape);

        /// <summary>Whether x is infinite, of either sign.</summary>
        public Value IsInf() => value.Graph.Add("IsInf", [value], ElementType.Bool, value.Shape);
    }
}
