using System.Collections.Immutable;

namespace ModelTraining;

/// <summary>Where batches come from. Safe to read from many threads.</summary>
internal interface IBatchSource
{
    /// <summary>What a batch holds.</summary>
    ImmutableArray<BatchInput> Inputs { get; }

    /// <summary>Fills a batch with rows.</summary>
    void Fill(TrainingBatch batch, ReadOnlySpan<int> rows);

    /// <summary>How much rows count together.</summary>
    double Weight(ReadOnlySpan<int> rows);
}
