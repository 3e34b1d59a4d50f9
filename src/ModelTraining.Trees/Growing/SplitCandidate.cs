namespace ModelTraining;

/// <summary>A way to split a leaf.</summary>
internal struct SplitCandidate
{
    /// <summary>The gain, in the units of the tree's packed gradients; 0 where there is no split.</summary>
    public double Gain;

    /// <summary>The position among the matrix's columns.</summary>
    public int Column;

    /// <summary>Of a quantity: the last bin that goes left.</summary>
    public int Bin;

    /// <summary>Of a quantity: whether missing values go left.</summary>
    public bool MissingLeft;

    /// <summary>Of a category: the bins that go left; all others, missing and never seen ones among them, go right.</summary>
    public BinSet Categories;

    /// <summary>The packed sum of what goes left.</summary>
    public long Left;
}
