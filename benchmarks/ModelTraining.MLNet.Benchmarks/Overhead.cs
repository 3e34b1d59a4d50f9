using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace ModelTraining.Benchmarks;

/// <summary>Ours and ML.NET used directly, in turns, on the very rows that the pipeline made: the ratio of times, or the memory of one way. ML.NET's rows are in memory as objects before its clock starts; where a trainer
/// shuffles, they are cached as its documentation advises, since it can't shuffle objects, and would train another model.</summary>
internal static class Overhead
{
    private const int Rounds = 15;
    private static readonly string[] Shuffling = ["Sdca", "AveragedPerceptron", "LinearSvm"];

    public static async Task RunAsync(IDataSource source, Way way, string[] names)
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
            if (names.Length == 0 || names.Contains(name)) await Pipeline.From(source).Clean().Split(validation: 0).Train(new Compared(name, ours(), direct, way)).RunAsync();
        }
    }

    /// <summary>Trains both ways, and says what it took.</summary>
    private sealed class Compared(string name, ITrainer ours, Func<MLContext, IEstimator<ITransformer>> direct, Way way) : ITrainer
    {
        public string Name => ours.Name;

        public TrainerNeeds Needs => ours.Needs;

        public IEnumerable<Problem> Validate() => ours.Validate();

        public async ValueTask<TrainedModel> TrainAsync(TrainingData data, TrainingContext context, CancellationToken cancellationToken)
        {
            List<Example>? rows = null;
            TrainedModel? model = null;
            async Task Ours() => model = await ours.TrainAsync(data, context, cancellationToken);
            Task Directly()
            {
                var ml = new MLContext(1);
                var features = SchemaDefinition.Create(typeof(Example));
                features[nameof(Example.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, data.Features.Count);
                var view = ml.Data.LoadFromEnumerable(rows ??= Rows(data), features);
                direct(ml).Fit(Shuffling.Contains(name) ? ml.Data.Cache(view) : view);
                return Task.CompletedTask;
            }

            if (way is not Way.Both)
            {
                // In a process that has not trained before: what was once taken is not given back, and would hide what is taken now. Objects are part of ML.NET's way.
                var bytes = await PeakMemory.GrowthAsync(way == Way.Ours ? Ours : Directly);
                Console.WriteLine(FormattableString.Invariant($"{name,-20} {way,-8} {bytes / 1048576.0:F1} MiB"));
                return model ?? await ours.TrainAsync(data, context, cancellationToken);
            }

            rows = Rows(data);
            List<double> own = [], theirs = [];
            for (var round = 0; round <= Rounds; round++)
            {
                var (first, second) = (await SecondsAsync(Ours), await SecondsAsync(Directly));
                if (round == 0) continue; // it pays for what is compiled on the way
                own.Add(first);
                theirs.Add(second);
            }

            Console.WriteLine(FormattableString.Invariant($"{name,-20} {Median(own):F3} s, directly {Median(theirs):F3} s: {Median(own) / Median(theirs):F2}"));
            return model!;
        }

        private static async Task<double> SecondsAsync(Func<Task> work)
        {
            GC.Collect();
            var clock = Stopwatch.StartNew();
            await work();
            return clock.Elapsed.TotalSeconds;
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
