using System.Collections.Immutable;

namespace ModelTraining;

/// <summary>A tensor of 32-bit numbers that a training session holds.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its shape; empty for one number.</param>
/// <param name="Kind">What it is for.</param>
public sealed record SessionTensor(string Name, ImmutableArray<long> Shape, SessionTensorKind Kind)
{
    /// <summary>The number of elements.</summary>
    public int Count => checked((int)Shape.Aggregate(1L, (product, size) => product * size));
}
