namespace ModelTraining.Onnx;

/// <summary>
/// Sums, products and their like, element by element. Operands have one element type and broadcast as in NumPy; a plain number takes the type of the
/// value that it meets. Shapes that do not fit are MT3100, types that do not are MT3101.
/// </summary>
public static class ArithmeticOperators
{
    /// <param name="value">The left operand.</param>
    extension(Value value)
    {
        /// <summary>−x.</summary>
        public Value Neg() => Emit.Unary("Neg", value);

        /// <summary>|x|.</summary>
        public Value Abs() => Emit.Unary("Abs", value);

        /// <summary>The remainder of a division. Of integers it has the sign of the divisor, so that −1 mod 7 is 6; of floats that of the dividend.</summary>
        public Value Mod(Value divisor) => IsFloat(value) || IsFloat(divisor) ? Emit.Binary("Mod", value, divisor, attributes: ("fmod", 1L)) : Emit.Binary("Mod", value, divisor);

        /// <inheritdoc cref="extension(Value).Mod(Value)"/>
        public Value Mod(long divisor) => value.Mod(Emit.Scalar(value, divisor));

        /// <summary>x to the power of <paramref name="exponent"/>, whose type may be another; the result has the type of x.</summary>
        public Value Pow(Value exponent)
        {
            ArgumentNullException.ThrowIfNull(exponent);
            return value.Graph.Add("Pow", [value, exponent], value.Type, Shapes.Broadcast("Pow", value, exponent));
        }

        /// <summary>x to the power of <paramref name="exponent"/>.</summary>
        public Value Pow(float exponent) => value.Pow(Emit.Scalar(value, exponent));

        /// <summary>The smaller of two; NaN when either is.</summary>
        public Value Min(Value other) => Emit.Binary("Min", value, other);

        /// <summary>The larger of two; NaN when either is.</summary>
        public Value Max(Value other) => Emit.Binary("Max", value, other);

        /// <inheritdoc cref="extension(Value).Min(Value)"/>
        public Value Min(float other) => value.Min(Emit.Scalar(value, other));

        /// <inheritdoc cref="extension(Value).Max(Value)"/>
        public Value Max(float other) => value.Max(Emit.Scalar(value, other));

        /// <inheritdoc cref="extension(Value).Min(Value)"/>
        public Value Min(long other) => value.Min(Emit.Scalar(value, other));

        /// <inheritdoc cref="extension(Value).Max(Value)"/>
        public Value Max(long other) => value.Max(Emit.Scalar(value, other));

        /// <summary>x kept within bounds; without a bound, infinity becomes the largest finite number. NaN stays NaN.</summary>
        public Value Clip(float? min, float? max) => value.Graph.Add(
            "Clip", [value, min is { } low ? Emit.Scalar(value, low) : null, max is { } high ? Emit.Scalar(value, high) : null], value.Type, value.Shape);

        /// <summary>−x.</summary>
        public static Value operator -(Value a) => a.Neg();

        /// <summary>The sum.</summary>
        public static Value operator +(Value a, Value b) => Emit.Binary("Add", a, b);

        /// <summary>The sum.</summary>
        public static Value operator +(Value a, float b) => a + Emit.Scalar(a, b);

        /// <summary>The sum.</summary>
        public static Value operator +(Value a, long b) => a + Emit.Scalar(a, b);

        /// <summary>The sum.</summary>
        public static Value operator +(float a, Value b) => Emit.Scalar(b, a) + b;

        /// <summary>The sum.</summary>
        public static Value operator +(long a, Value b) => Emit.Scalar(b, a) + b;

        /// <summary>The difference.</summary>
        public static Value operator -(Value a, Value b) => Emit.Binary("Sub", a, b);

        /// <summary>The difference.</summary>
        public static Value operator -(Value a, float b) => a - Emit.Scalar(a, b);

        /// <summary>The difference.</summary>
        public static Value operator -(Value a, long b) => a - Emit.Scalar(a, b);

        /// <summary>The difference.</summary>
        public static Value operator -(float a, Value b) => Emit.Scalar(b, a) - b;

        /// <summary>The difference.</summary>
        public static Value operator -(long a, Value b) => Emit.Scalar(b, a) - b;

        /// <summary>The product.</summary>
        public static Value operator *(Value a, Value b) => Emit.Binary("Mul", a, b);

        /// <summary>The product.</summary>
        public static Value operator *(Value a, float b) => a * Emit.Scalar(a, b);

        /// <summary>The product.</summary>
        public static Value operator *(Value a, long b) => a * Emit.Scalar(a, b);

        /// <summary>The product.</summary>
        public static Value operator *(float a, Value b) => Emit.Scalar(b, a) * b;

        /// <summary>The product.</summary>
        public static Value operator *(long a, Value b) => Emit.Scalar(b, a) * b;

        /// <summary>The quotient; that of integers is cut towards zero.</summary>
        public static Value operator /(Value a, Value b) => Emit.Binary("Div", a, b);

        /// <summary>The quotient.</summary>
        public static Value operator /(Value a, float b) => a / Emit.Scalar(a, b);

        /// <summary>The quotient; that of integers is cut towards zero.</summary>
        public static Value operator /(Value a, long b) => a / Emit.Scalar(a, b);

        /// <summary>The quotient.</summary>
        public static Value operator /(float a, Value b) => Emit.Scalar(b, a) / b;

        /// <summary>The quotient; that of integers is cut towards zero.</summary>
        public static Value operator /(long a, Value b) => Emit.Scalar(b, a) / b;
    }

    private static bool IsFloat(Value value) => value.Type is ElementType.Float or ElementType.Double or ElementType.Float16 or ElementType.BFloat16;
}
