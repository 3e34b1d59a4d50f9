using Microsoft.Extensions.Logging;

namespace ModelTraining;

/// <summary>The settings of a run. They can be said anywhere in the chain, and hold for all of it.</summary>
public static class PipelineSettings
{
    extension<TPipeline>(TPipeline pipeline) where TPipeline : Pipeline
    {
        /// <summary>Where all randomness comes from: same seed, same data, same machine, same bits. Default 42.</summary>
        public TPipeline WithSeed(ulong seed) => pipeline.Changed(plan => plan with { Seed = seed });

        /// <summary>How many threads to use at most. Default: the processors of the machine. The result does not depend on it.</summary>
        public TPipeline WithThreads(int threads) => pipeline.Changed(plan => plan with { Threads = threads });

        /// <summary>
        /// How many bytes the table that is read may take; a source with more rows than that is an error before the memory is full, or spilled where
        /// <c>WithSpilling</c> says so. Default: half of what the process may use, as cleaning, features and training need about as much again. A trial of <c>Tune</c> that would take more than a stated limit is skipped.
        /// </summary>
        public TPipeline WithMemoryLimit(long bytes) => pipeline.Changed(plan => plan with { MemoryLimitBytes = bytes });

        /// <summary>
        /// Lets a table of more than <c>WithMemoryLimit</c> lie in a temporary file, from where the system takes what is worked on: data larger than memory, for trainers
        /// that learn out of core (<c>Trees.GradientBoosting</c>, <c>Trees.RandomForest</c>, <c>Trees.ExtraTrees</c>); for others it is an error, with an estimate. In memory remain about a byte of
        /// each value, 50 to 100 bytes a row, and the different texts. The model is the same, to the last bit. The file is gone when the run fails or is cancelled, when
        /// the <see cref="PipelineRun"/> is disposed, and when the process ends, however it does. Default: such a table is an error.
        /// </summary>
        /// <param name="folder">A folder on a disk with two to four times as much room as the table takes; made where it is missing. Runs may share it. Default: the system's for temporary files.</param>
        public TPipeline WithSpilling(string? folder = null)
        {
            if (folder is not null) ArgumentException.ThrowIfNullOrWhiteSpace(folder);
            return pipeline.Changed(plan => plan with { SpillFolder = folder ?? Path.GetTempPath() });
        }

        /// <summary>What is to be predicted, where the label's values leave that open: 1 to 5 stars are classes or numbers. Default: inferred from the label.</summary>
        public TPipeline WithTask(LearningTask task) => pipeline.Changed(plan => plan with { Task = task });

        /// <summary>
        /// Which of two classes is the positive one: precision, recall, F1 and average precision are about it, for example "Churned". Default: the second by
        /// name, or the larger number, or true.
        /// </summary>
        public TPipeline WithPositiveClass(string name)
        {
            ArgumentException.ThrowIfNullOrEmpty(name);
            return pipeline.Changed(plan => plan with { PositiveClass = name });
        }

        /// <summary>Takes the run's log. Default: nobody does.</summary>
        public TPipeline WithLogger(ILogger logger)
        {
            ArgumentNullException.ThrowIfNull(logger);
            return pipeline.Changed(plan => plan with { Logger = logger });
        }

        /// <summary>Told how far the run is, with the time left. Reports come from the run's own thread, or those of its folds, one at a time. Default: nobody is told.</summary>
        public TPipeline WithProgress(IProgress<TrainingProgress> progress)
        {
            ArgumentNullException.ThrowIfNull(progress);
            return pipeline.Changed(plan => plan with { Progress = progress });
        }

        /// <summary>Told how far the run is, on the run's own thread, before it goes on. Default: nobody is told.</summary>
        public TPipeline WithProgress(Action<TrainingProgress> progress)
        {
            ArgumentNullException.ThrowIfNull(progress);
            return pipeline.WithProgress(new DirectProgress<TrainingProgress>(progress));
        }

        /// <summary>What runs of this pipeline are called where they are tracked. Default: where its rows come from.</summary>
        public TPipeline WithName(string name)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(name);
            return pipeline.Changed(plan => plan with { Name = name });
        }

        /// <summary>
        /// Keeps what becomes of the run: its options, learning curve, metrics and exported files, and how it ended. Each further one is told too.
        /// Default: nobody is.
        /// </summary>
        /// <param name="tracker">The tracker, for example <c>new FileTracker("runs")</c>.</param>
        public TPipeline WithTracker(IRunTracker tracker)
        {
            ArgumentNullException.ThrowIfNull(tracker);
            return pipeline.Changed(plan => plan with { Trackers = plan.Trackers.Add(tracker) });
        }

        /// <summary>The clock. Default: the system's.</summary>
        public TPipeline WithTime(TimeProvider time)
        {
            ArgumentNullException.ThrowIfNull(time);
            return pipeline.Changed(plan => plan with { Time = time });
        }

        /// <summary>
        /// Keeps checkpoints of the training, and goes on from the newest when the same pipeline runs again: the model is then the same, to the last bit, as if nothing
        /// had happened. Killed at any moment, a run loses the time since the last checkpoint at most. For trainers that take long, such as networks.
        /// </summary>
        /// <param name="folder">The folder; made where it is missing. One run at a time uses it; delete it to train from the beginning.</param>
        /// <param name="every">The time between checkpoints. Default 1 minute.</param>
        /// <param name="keep">How many of the newest checkpoints stay. Default 2.</param>
        public TPipeline WithCheckpoints(string folder, TimeSpan? every = null, int keep = 2)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(folder);
            return pipeline.Changed(plan => plan with { Checkpoints = new CheckpointSettings(folder) { Every = every ?? TimeSpan.FromMinutes(1), Keep = keep } });
        }

        private TPipeline Changed(Func<PipelinePlan, PipelinePlan> change)
        {
            ArgumentNullException.ThrowIfNull(pipeline);
            return (TPipeline)pipeline.With(change(pipeline.Plan));
        }
    }
}
