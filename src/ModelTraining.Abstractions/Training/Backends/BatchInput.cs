using System.Collections.Immutable;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>An input of a graph as a batch holds it.</summary>
/// <param name="Name">The input's name.</param>
/// <param name="Type"><see cref="ElementType.Float"/>, or a type of whole numbers or truths: Int64, Int32, Int8, UInt8, Bool.</param>
/// <param name="RowShape">The shape of one row; empty for one number a row.</param>
public sealed record BatchInput(string Name, ElementType Type, ImmutableArray<long> RowShape)
{
    /// <summary>The elements of one row.</summary>
    public int RowSize => checked((int)RowShape.Aggregate(1L, (product, size) => product * size));
}
