using System.Text.Json;

namespace ModelTraining.Tests.Processes;

/// <summary>Four processes on one study, two of which are killed in the middle of a trial.</summary>
[Platform("Linux,MacOsX,Win")]
internal sealed class SharedStudyTests
{
    private const int Trials = 200;

    [Test]
    [CancelAfter(120_000)]
    public async Task Processes_ofOneJournalFile_twoOfThemKilled_doEachTrialOnceAndLoseNone()
    {
        using var folder = new TemporaryFolder();
        await WorkAsync("journal", folder.File("study.jsonl"));
    }

    [Test]
    [CancelAfter(120_000)]
    public async Task Processes_ofOneDatabase_twoOfThemKilled_doEachTrialOnceAndLoseNone()
    {
        using var database = PostgreSqlDatabase.Open();
        await WorkAsync("postgresql", database.ConnectionString);
    }

    private static async Task WorkAsync(string kind, string place)
    {
        using WorkerProcess first = new(kind, place, Trials, stuckAt: 12), second = new(kind, place, Trials, stuckAt: 25), third = new(kind, place, Trials, 0), fourth = new(kind, place, Trials, 0);
        await Task.WhenAll(DieAsync(first, 12), DieAsync(second, 25), third.WaitForEndAsync(), fourth.WaitForEndAsync());

        var lines = WorkerProgram.Open(kind, place).Read(0).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var told = Of(lines, "tell").ToList();
        int[] lost = [first.Begun[^1], second.Begun[^1]];
        Assert.That(told.Order(), Is.EqualTo(Enumerable.Range(0, Trials)), "each once, none lost");
        Assert.That(Of(lines, "ask").Order(), Is.EqualTo(Enumerable.Range(0, Trials)));
        Assert.That(Of(lines, "claim"), Is.EquivalentTo(lost), "those of the two that were killed, handed out again");
        Assert.That(first.Begun.Concat(second.Begun).Concat(third.Begun).Concat(fourth.Begun), Is.EquivalentTo(told.Concat(lost)), "nobody has tried what was not theirs");
        Assert.That(new[] { third, fourth }.Select(worker => worker.Begun.Count), Has.All.GreaterThan(12), "they have shared the work");
    }

    private static async Task DieAsync(WorkerProcess worker, int trials)
    {
        await worker.WaitForAsync(trials);
        await worker.KillAsync();
    }

    private static IEnumerable<int> Of(List<JsonElement> lines, string kind) =>
        lines.Where(line => line.GetProperty("kind").GetString() == kind).Select(line => line.GetProperty("trial").GetInt32());
}
