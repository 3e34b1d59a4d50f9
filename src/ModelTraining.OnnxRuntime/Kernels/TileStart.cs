namespace ModelTraining;

/// <summary>What products are added to.</summary>
internal enum TileStart
{
    /// <summary>Nothing.</summary>
    Zero,

    /// <summary>The bias of each column.</summary>
    Bias,

    /// <summary>What is there.</summary>
    Result,
}
