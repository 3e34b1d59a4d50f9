namespace ModelTraining;

/// <summary>
/// The bins of up to <see cref="MostFeatures"/> features, row after row: a row's are in one or two lines of the cache, one load brings eight of them, and
/// the histograms they are added to stay in the cache next to the processor.
/// </summary>
internal sealed unsafe class BinBlock
{
    public const int MostFeatures = 32;

    /// <summary>So many bytes behind the last bin may be read.</summary>
    public const int BytesBehind = sizeof(int) - sizeof(byte);
    private readonly byte[] _bins;

    public BinBlock(BinnedFeature[] features, int rows, int histogramStart)
    {
        Features = features;
        HistogramStart = histogramStart;
        Stride = (features.Max(feature => feature.MissingBin) + 8) & ~7;
        _bins = GC.AllocateUninitializedArray<byte>(checked((features.Length * rows) + BytesBehind), pinned: true);
        Bins = (byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(_bins));
    }

    public BinnedFeature[] Features { get; }

    /// <summary>The number of features.</summary>
    public int Width => Features.Length;

    /// <summary>How many entries of a histogram a feature of this block has; enough for the one with most bins and its missing values.</summary>
    public int Stride { get; }

    /// <summary>Where this block's part of a histogram begins.</summary>
    public int HistogramStart { get; }

    public int HistogramLength => Width * Stride;

    /// <summary>[rows, <see cref="Width"/>], pinned as long as this object lives.</summary>
    public byte* Bins { get; }
}
