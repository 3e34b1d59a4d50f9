namespace ModelTraining.Tests.Cleaning;

public class CleanReportTests
{
    private static Cleaned Run()
    {
        string?[] Column(Func<int, string?> value) => [.. Enumerable.Range(0, 40).Select(value)];
        var table = Cleaned.TableOf(
            ("price", Column(row => row == 7 ? "unknown" : $"${row + 1},000")), ("city", Column(row => row == 3 ? "rome" : row % 2 == 0 ? "Rome" : "Paris")), ("key", Column(row => $"id-{row}")),
            ("label", Column(row => row == 5 ? null : row % 3 == 0 ? "yes" : "no"))).WithRole("label", ColumnRole.Label);
        return new Cleaned(table);
    }

    [Test]
    public void ToString_is_whole_once_all_is_fitted()
    {
        var cleaned = Run();
        var before = cleaned.Report.ToString();
        cleaned.Fit(Cleaned.Alternating(39));
        Assert.That(before, Does.Not.Contain("useless column"));
        Assert.That(cleaned.Report.ToString().ReplaceLineEndings("\n"), Is.EqualTo(
            """
            Cleaning: 40 rows came, 39 stayed.
              format         price  39 of 40 are numbers; row 1: '$1,000' -> '1000'; row 2: '$2,000' -> '2000'
              unreadable     price  1 of 40 became missing, as all other values are numbers; row 8: 'unknown' -> missing
              spelling       city   1 of 40 got the usual spelling; row 4: 'rome' -> 'Rome'
              no label       label  1 of 40 rows dropped
              useless column key    39 of 39 values are different, as 'id-0': they name the rows; left out
              missing        price  1 of 39 training rows lack it; left to the trainer
              ! Column 'price': '$1,000' is read as 1000, and could be 1. State the decimal sign of the source if that is wrong.
            """));
    }

    [Test]
    public void Findings_are_the_same_when_steps_are_fitted_twice()
    {
        var cleaned = Run();
        cleaned.Fit(Cleaned.Alternating(39));
        var once = cleaned.Report.ToString();
        cleaned.Fit(Cleaned.Alternating(39));
        Assert.That(cleaned.Report.ToString(), Is.EqualTo(once));
    }

    [Test]
    public void ToString_clean_data_says_so()
    {
        var cleaned = new Cleaned(new Table([new NumberColumn("x", new[] { 1f, 2, 3 })]));
        Assert.That(cleaned.Report.ToString(), Does.Contain("3 rows came, 3 stayed").And.Contain("Nothing to repair"));
    }

    [Test]
    public void Run_twice_keeps_the_reports_apart()
    {
        var stage = new CleanStage(new CleanOptions());
        var (a, b) = (new StageContext(), new StageContext());
        stage.RunAsync(Cleaned.TableOf(("x", ["1,5", "2"])), a, CancellationToken.None).AsTask().Wait();
        stage.RunAsync(new Table([new NumberColumn("x", new[] { 1f, 2 })]), b, CancellationToken.None).AsTask().Wait();
        Assert.That(a.Reports.OfType<CleanReport>().Single().Findings, Is.Not.Empty);
        Assert.That(b.Reports.OfType<CleanReport>().Single().Findings, Is.Empty);
    }
}
