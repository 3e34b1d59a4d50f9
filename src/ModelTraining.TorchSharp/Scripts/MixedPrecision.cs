namespace ModelTraining.Torch;

/// <summary>In which numbers an operator works where matrix products are made in 16 bits (Micikevicius et al., "Mixed Precision Training", 2018).</summary>
internal enum MixedPrecision
{
    /// <summary>In those that it is given.</summary>
    AsGiven,

    /// <summary>In 16 bits: products, which add up in 32 bits inside.</summary>
    Low,

    /// <summary>In 32 bits: what adds up many numbers, or leaves the range of 16 bits.</summary>
    Full,
}
