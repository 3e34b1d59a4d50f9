namespace ModelTraining;

/// <summary>An algorithm that makes a model of features and a target. Implementations are immutable and safe to use from many threads.</summary>
public interface ITrainer
{
    /// <summary>The name, for progress, logs and reports.</summary>
    string Name { get; }

    /// <summary>In what form it wants its features.</summary>
    TrainerNeeds Needs { get; }

    /// <summary>Whether it keeps checkpoints where <see cref="TrainingContext.Checkpoints"/> says, and goes on from the newest. Default false.</summary>
    bool KeepsCheckpoints => false;

    /// <summary>
    /// About how many bytes training takes at its peak, beside the data: by it <c>Tune</c> passes a trial over that would not fit into memory. Rough, and rather too much than too
    /// little. Default null: not known, and not asked for.
    /// </summary>
    /// <param name="data">What would be learned from.</param>
    /// <param name="threads">How many threads would be used at most.</param>
    long? EstimateMemoryBytes(TrainingData data, int threads) => null;

    /// <summary>What is wrong with its options, all of it; empty when nothing is. Called before any work.</summary>
    IEnumerable<Problem> Validate();

    /// <summary>
    /// Trains. When <paramref name="cancellationToken"/> is signalled after a first usable model exists, returns the best one so far with
    /// <see cref="TrainedModel.Status"/> <see cref="RunStatus.Cancelled"/>; before that, throws <see cref="OperationCanceledException"/>.
    /// </summary>
    /// <param name="data">Features, target and weights, and which rows are for training and which for validation.</param>
    /// <param name="context">Seed, threads, progress and warnings.</param>
    /// <param name="cancellationToken">Asks to stop at the next batch.</param>
    ValueTask<TrainedModel> TrainAsync(TrainingData data, TrainingContext context, CancellationToken cancellationToken);
}
