namespace ModelTraining.Onnx;

/// <summary>Operators on booleans, element by element; operands broadcast.</summary>
public static class LogicOperators
{
    /// <param name="value">The left operand, booleans.</param>
    extension(Value value)
    {
        /// <summary>x and y.</summary>
        public Value And(Value other) => Boolean("And", value, other);

        /// <summary>x or y.</summary>
        public Value Or(Value other) => Boolean("Or", value, other);

        /// <summary>Either x or y, not both.</summary>
        public Value Xor(Value other) => Boolean("Xor", value, other);

        /// <summary>Not x.</summary>
        public Value Not()
        {
            Emit.Require("Not", value, ElementType.Bool);
            return Emit.Unary("Not", value);
        }

        /// <summary>The elements of <paramref name="whenTrue"/> where x is true, otherwise those of <paramref name="whenFalse"/>. All three broadcast.</summary>
        public Value Where(Value whenTrue, Value whenFalse)
        {
            Emit.Require("Where", value, ElementType.Bool);
            var type = Emit.CommonType("Where", whenTrue, whenFalse);
            return value.Graph.Add("Where", [value, whenTrue, whenFalse], type, Shapes.Broadcast("Where", value, whenTrue, whenFalse));
        }

        /// <inheritdoc cref="extension(Value).Where(Value, Value)"/>
        public Value Where(float whenTrue, Value whenFalse) => value.Where(Emit.Scalar(whenFalse, whenTrue), whenFalse);

        /// <inheritdoc cref="extension(Value).Where(Value, Value)"/>
        public Value Where(Value whenTrue, float whenFalse) => value.Where(whenTrue, Emit.Scalar(whenTrue, whenFalse));

        /// <inheritdoc cref="extension(Value).Where(Value, Value)"/>
        public Value Where(long whenTrue, Value whenFalse) => value.Where(Emit.Scalar(whenFalse, whenTrue), whenFalse);

        /// <inheritdoc cref="extension(Value).Where(Value, Value)"/>
        public Value Where(Value whenTrue, long whenFalse) => value.Where(whenTrue, Emit.Scalar(whenTrue, whenFalse));
    }

    private static Value Boolean(string opType, Value a, Value b)
    {
        Emit.Require(opType, a, ElementType.Bool);
        Emit.Require(opType, b, ElementType.Bool);
        return Emit.Binary(opType, a, b);
    }
}
