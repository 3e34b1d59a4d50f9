namespace ModelTraining;

/// <summary>Where a training is, and what it knows of how it went: all of a checkpoint but the tensors.</summary>
internal sealed record LoopPosition
{
    /// <summary>The epochs that are done.</summary>
    public int Epoch { get; set; }

    /// <summary>The batches of the current epoch that are done.</summary>
    public int Batch { get; set; }

    /// <summary>The updates that are done.</summary>
    public long Updates { get; set; }

    /// <summary>The sum of weight times loss over the current epoch's batches.</summary>
    public double LossSum { get; set; }

    /// <summary>The sum of the weights.</summary>
    public double WeightSum { get; set; }

    /// <summary>The rows of the parts that batches are trained in, where the whole does not fit into memory; 0 where it does.</summary>
    public int PartRows { get; set; }

    /// <summary>The mean training loss of each epoch.</summary>
    public List<double> Training { get; init; } = [];

    /// <summary>The validation loss after each epoch.</summary>
    public List<double> Validation { get; init; } = [];

    /// <summary>The monitored score after each epoch, less is better.</summary>
    public List<double> Monitored { get; init; } = [];

    /// <summary>The epoch, from 1, whose score is the best; 0 before there is one.</summary>
    public int BestEpoch { get; set; }

    public double BestScore => BestEpoch == 0 ? double.PositiveInfinity : Monitored[BestEpoch - 1];
}
