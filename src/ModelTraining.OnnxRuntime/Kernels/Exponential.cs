using System.Numerics;
using System.Runtime.CompilerServices;

namespace ModelTraining;

/// <summary>e^x of numbers that are not positive.</summary>
internal static class Exponential
{
    /// <summary>2^n times a polynomial of what is left, within two units of the last place; 0 below −87.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Of(Vector<float> x)
    {
        var least = new Vector<float>(-87);
        var isNothing = Vector.LessThan(x, least);
        x = Vector.Max(x, least);
        var whole = Vector.Floor(Vector.MultiplyAddEstimate(x, new Vector<float>(1.44269504f), new Vector<float>(0.5f)));
        var rest = Vector.MultiplyAddEstimate(whole, new Vector<float>(-0.693359375f), x);
        rest = Vector.MultiplyAddEstimate(whole, new Vector<float>(2.12194440e-4f), rest);
        var sum = Vector.MultiplyAddEstimate(rest, new Vector<float>(1f / 720), new Vector<float>(1f / 120));
        sum = Vector.MultiplyAddEstimate(sum, rest, new Vector<float>(1f / 24));
        sum = Vector.MultiplyAddEstimate(sum, rest, new Vector<float>(1f / 6));
        sum = Vector.MultiplyAddEstimate(sum, rest, new Vector<float>(0.5f));
        sum = Vector.MultiplyAddEstimate(sum, rest, Vector<float>.One);
        sum = Vector.MultiplyAddEstimate(sum, rest, Vector<float>.One);
        return Vector.ConditionalSelect(isNothing, Vector<float>.Zero, sum * Vector.AsVectorSingle(Vector.ShiftLeft(Vector.ConvertToInt32(whole) + new Vector<int>(127), 23)));
    }
}
