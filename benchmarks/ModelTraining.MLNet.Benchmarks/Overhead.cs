using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace ModelTraining.Benchmarks;

/// <summary>Ours and ML.NET used directly, in turns, on the very rows that the pipeline made: the ratios of time and memory. ML.NET's rows are in memory before its clock starts.</summary>
internal static class Overhead
{
    private const int Rounds = 5;

    public static async Task RunAsync(IDataSource source, string[] names)
    {
        (string Name, Func<ITrainer> Ours, Func<MLContext, IEstimator<ITransformer>> Direct)[] all =
        [
            ("FastTree", () => MLNet.FastTree(o => o with { Seed = 1, NumberOfThreads = 2 }), context => context.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options { Seed = 1, FeatureSelectionSeed = 1, NumberOfThreads = 2 })),
            ("FastForest", () => MLNet.FastForest(o => o with { Seed = 1, NumberOfThreads = 2 }),
                context => context.BinaryClassification.Trainers.FastForest(new FastForestBinaryTrainer.Options { Seed = 1, FeatureSelectionSeed = 1, NumberOfThreads = 2 }).Append(context.BinaryClassification.Calibrators.Platt())),
            ("Gam", () => MLNet.Gam(o => o with { Seed = 1, NumberOfThreads = 2, NumberOfIterations = 500 }),
                context => context.BinaryClassification.Trainers.Gam(new GamBinaryTrainer.Options { Seed = 1, NumberOfThreads = 2, NumberOfIterations = 500 })),
            ("LightGbm", () => MLNet.LightGbm(o => o with { Seed = 1, NumberOfThreads = 2 }),
                context => context.BinaryClassification.Trainers.LightGbm(new LightGbmBinaryTrainer.Options { Seed = 1, NumberOfThreads = 2, Deterministic = true, ForceColumnWise = true })),
            ("Sdca", () => MLNet.Sdca(o => o with { Seed = 1 }), context => context.BinaryClassification.Trainers.SdcaLogisticRegression(new SdcaLogisticRegressionBinaryTrainer.Options { NumberOfThreads = 1 })),
            ("Lbfgs", () => MLNet.Lbfgs(o => o with { Seed = 1 }), context => context.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options { NumberOfThreads = 1 })),
            ("AveragedPerceptron", () => MLNet.AveragedPerceptron(o => o with { Seed = 1 }), context => context.BinaryClassification.Trainers.AveragedPerceptron().Append(context.BinaryClassification.Calibrators.Platt())),
            ("LinearSvm", () => MLNet.LinearSvm(o => o with { Seed = 1 }), context => context.BinaryClassification.Trainers.LinearSvm().Append(context.BinaryClassification.Calibrators.Platt())),
        ];
        foreach (var (name, ours, direct) in all)
        {
            if (names.Length == 0 || names.Contains(name)) await Pipeline.From(source).Clean().Split(validation: 0).Train(new Compared(name, ours(), direct)).RunAsync();
        }
    }

    /// <summary>Trains both ways, and says what it took.</summary>
    private sealed class Compared(string name, ITrainer ours, Func<MLContext, IEstimator<ITransformer>> direct) : ITrainer
    {
        public string Name => ours.Name;

        public TrainerNeeds Needs => ours.Needs;

        public IEnumerable<Problem> Validate() => ours.Validate();

        public async ValueTask<TrainedModel> TrainAsync(TrainingData data, TrainingContext context, CancellationToken cancellationToken)
        {
            var rows = Rows(data);
            TrainedModel? model = null;
            List<(double Seconds, long Bytes)> own = [], theirs = [];
            for (var round = 0; round <= Rounds; round++)
            {
                var first = await MeasureAsync(async () => model = await ours.TrainAsync(data, context, cancellationToken));
                var second = await MeasureAsync(() =>
                {
                    var ml = new MLContext(1);
                    var features = SchemaDefinition.Create(typeof(Example));
                    features[nameof(Example.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, data.Features.Count);
                    direct(ml).Fit(ml.Data.LoadFromEnumerable(rows, features));
                    return Task.CompletedTask;
                });
                if (round == 0) continue; // it pays for what is compiled on the way
                own.Add(first);
                theirs.Add(second);
            }

            var (time, timeDirect) = (Median(own.Select(one => one.Seconds)), Median(theirs.Select(one => one.Seconds)));
            var (memory, memoryDirect) = (Median(own.Select(one => one.Bytes / 1048576.0)), Median(theirs.Select(one => one.Bytes / 1048576.0)));
            Console.WriteLine(FormattableString.Invariant($"{name,-20} {time:F3} s, directly {timeDirect:F3} s: {time / timeDirect:F2};  {memory:F1} MiB, directly {memoryDirect:F1} MiB: {memory / memoryDirect:F2}"));
            return model!;
        }

        private static async Task<(double Seconds, long Bytes)> MeasureAsync(Func<Task> work)
        {
            var clock = new Stopwatch();
            var bytes = await PeakMemory.GrowthAsync(async () =>
            {
                clock.Start();
                await work();
                clock.Stop();
            });
            return (clock.Elapsed.TotalSeconds, bytes ?? 0);
        }

        private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

        private static List<Example> Rows(TrainingData data) =>
        [
            .. data.TrainingRows.ToArray().Select(row => new Example
            {
                Features = [.. Enumerable.Range(0, data.Features.Count).Select(feature => data.Features.Column(feature)[row])],
                Label = data.Target.Values[row] != 0,
            }),
        ];
    }

    private sealed class Example
    {
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }
}
