using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelTraining.Tests.Hosts;

namespace ModelTraining.Tests.Pipelines;

internal sealed class PipelineFactoryTests
{
    private static IDataSource Source => Csv.Text("x;y\n1;a\n2;b\n3;a\n", label: "y");

    [Test]
    public async Task From_takesSeedThreadsLogAndClockFromTheContainer()
    {
        using var log = new ListLog();
        var clock = new ManualClock();
        var stage = new RecordingStage(() => clock.Advance(TimeSpan.FromSeconds(90)));
        await using var provider = new ServiceCollection().AddSingleton<ILoggerFactory>(log).AddSingleton<TimeProvider>(clock)
            .AddModelTraining(options => (options.Seed, options.Threads) = (7, 3)).BuildServiceProvider();

        var run = await provider.GetRequiredService<PipelineFactory>().From(Source).Use(stage).RunAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Seed, Is.EqualTo(7));
            Assert.That(stage.Threads, Is.EqualTo(3));
            Assert.That(run.Timings[^1].Duration, Is.EqualTo(TimeSpan.FromSeconds(90)));
            Assert.That(log.Entries.Select(entry => entry.Category).Distinct(), Is.EqualTo(new[] { "ModelTraining.Pipeline" }));
        }
    }

    [Test]
    public async Task From_withoutLogOrClockInTheContainer_runs()
    {
        await using var provider = new ServiceCollection().AddModelTraining().AddModelTraining(options => options.Seed = 5).BuildServiceProvider();

        var run = await provider.GetServices<PipelineFactory>().Single().From(Source).RunAsync();

        Assert.That(run.Seed, Is.EqualTo(5));
    }

    [Test]
    public async Task From_ofAFailingPipeline_namesTheCallersFile()
    {
        await using var provider = new ServiceCollection().AddModelTraining().BuildServiceProvider();

        var pipeline = provider.GetRequiredService<PipelineFactory>().From(Csv.File("none.csv", label: "y"));

        Assert.That(async () => await pipeline.RunAsync(), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("PipelineFactoryTests.cs"));
    }

    [Test]
    public async Task Start_wrongOption_saysWhich()
    {
        await using var provider = new ServiceCollection().AddModelTraining(options => options.Threads = 0).BuildServiceProvider();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => provider.GetRequiredService<IStartupValidator>().Validate(), Throws.TypeOf<OptionsValidationException>().With.Message.StartsWith("MT1601").And.Message.Contains("Got 0"));
            Assert.That(provider.GetRequiredService<PipelineFactory>, Throws.TypeOf<OptionsValidationException>());
        }
    }

    [Test]
    public async Task From_isTrackedByTheContainersTrackers_andExportsIntoItsStore()
    {
        using var folder = new TemporaryFolder();
        var rows = string.Concat(Enumerable.Range(0, 60).Select(i => $"{i * 7 % 60};{(i * 7 % 60 < 30 ? "a" : "b")}\n"));
        await using var provider = new ServiceCollection().AddSingleton<IRunTracker>(new FileTracker(folder.File("own")))
            .AddModelTraining(options => (options.RunFolder, options.ModelFolder) = (folder.File("runs"), folder.File("models"))).BuildServiceProvider();
        var factory = provider.GetRequiredService<PipelineFactory>();

        await factory.From(Csv.Text("x;y\n" + rows, label: "y")).Split().Train(Linear.Logistic()).Evaluate().Export(factory.Store, "letters", alias: "production").RunAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(new FileTracker(folder.File("own")).Runs().Single().Outcome, Is.EqualTo(RunOutcome.Completed));
            Assert.That(new FileTracker(folder.File("runs")).Runs().Single().Models, Is.EqualTo(new[] { "letters/1" }));
            Assert.That((await new FileModelStore(folder.File("models")).GetAsync("letters", "production")).Version, Is.EqualTo(1));
            Assert.That(provider.GetRequiredService<IModelStore>(), Is.SameAs(factory.Store));
        }
    }

    [Test]
    public async Task Store_ofTheContainersOwn_isTakenBeforeTheFolder()
    {
        using var folder = new TemporaryFolder();
        var own = new FileModelStore(folder.File("own"));
        await using var before = new ServiceCollection().AddSingleton<IModelStore>(own).AddModelTraining(options => options.ModelFolder = folder.File("models")).BuildServiceProvider();
        await using var after = new ServiceCollection().AddModelTraining().AddSingleton<IModelStore>(own).BuildServiceProvider();
        await using var none = new ServiceCollection().AddModelTraining().BuildServiceProvider();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before.GetRequiredService<PipelineFactory>().Store, Is.SameAs(own));
            Assert.That(after.GetRequiredService<PipelineFactory>().Store, Is.SameAs(own));
            Assert.That(() => none.GetRequiredService<PipelineFactory>().Store, Throws.TypeOf<ModelTrainingException>().With.Message.StartsWith("MT1612"));
        }
    }

    [Test]
    public async Task Start_emptyFolders_areReportedTogether()
    {
        await using var provider = new ServiceCollection().AddModelTraining(options => (options.RunFolder, options.ModelFolder) = ("", " ")).BuildServiceProvider();

        Assert.That(
            () => provider.GetRequiredService<IStartupValidator>().Validate(),
            Throws.TypeOf<OptionsValidationException>().With.Message.Contains("MT1613").And.Message.Contains("'RunFolder'").And.Message.Contains("'ModelFolder'"));
    }

    private sealed class RecordingStage(Action work) : IPipelineStage
    {
        public int Threads { get; private set; }

        public string Name => "Recording";

        public IEnumerable<Problem> Validate() => [];

        public ValueTask<Table> RunAsync(Table table, StageContext context, CancellationToken cancellationToken)
        {
            Threads = context.Threads;
            work();
            return new(table);
        }
    }
}
