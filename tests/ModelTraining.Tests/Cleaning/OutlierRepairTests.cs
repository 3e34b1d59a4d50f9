namespace ModelTraining.Tests.Cleaning;

public class OutlierRepairTests
{
    // Quartiles 3.5 and 8.5 of 1 … 10 and 100: bounds −4 and 16.
    private static readonly float[] Values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100, float.NaN];

    private static FittedOutliers Fit(CleanOptions options, CleanLedger? ledger = null, params Column[] more)
    {
        var table = new Table([new NumberColumn("x", Values), .. more]);
        return (FittedOutliers)new OutlierRepair(options, ledger ?? new CleanLedger()).Fit(table.View(Enumerable.Range(0, Values.Length).ToArray()), new FitContext());
    }

    [Test]
    public void Fit_quartiles_give_tukeys_bounds()
    {
        var bounds = Fit(new CleanOptions()).Bounds.Single();
        Assert.That((bounds.Low, bounds.High), Is.EqualTo((-4f, 16f)));
    }

    [Test]
    public void Fit_deviations_give_bounds_around_the_mean()
    {
        // numpy: mean 14.0909…, std 27.3045…
        var bounds = Fit(new CleanOptions { Outliers = Outliers.ZScore(2) }).Bounds.Single();
        Assert.That(bounds.Low, Is.EqualTo(-40.518145f).Within(1e-4));
        Assert.That(bounds.High, Is.EqualTo(68.699963f).Within(1e-4));
    }

    [Test]
    public void Fit_mad_gives_bounds_around_the_median()
    {
        // Median 6, MAD 3: 6 ± 3.5 · 3 / 0.6745.
        var bounds = Fit(new CleanOptions { Outliers = Outliers.Mad() }).Bounds.Single();
        Assert.That(bounds.Low, Is.EqualTo(6 - (3.5 * 3 / 0.6745)).Within(1e-5));
        Assert.That(bounds.High, Is.EqualTo(6 + (3.5 * 3 / 0.6745)).Within(1e-5));
    }

    [Test]
    public void Fit_mad_of_nearly_equal_values_goes_by_the_mean_distance()
    {
        // Ten zeros, 5000 and 0: the MAD is 0, the mean distance 5000 / 12.
        var mostlyZero = new NumberColumn("gain", new[] { 0f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5000, 0 });
        var bounds = Fit(new CleanOptions { Outliers = Outliers.Mad() }, null, mostlyZero).Bounds[^1];
        Assert.That((bounds.Column, bounds.Low), Is.EqualTo(("gain", -bounds.High)));
        Assert.That(bounds.High, Is.EqualTo(3.5 * 5000 / 12 * Math.Sqrt(Math.PI / 2)).Within(1e-3));
    }

    [Test]
    public void Fit_mad_of_equal_values_finds_no_outlier()
    {
        var constant = new NumberColumn("one", new[] { 1f, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, float.NaN });
        Assert.That(Fit(new CleanOptions { Outliers = Outliers.Mad() }, null, constant).Bounds.Select(bound => bound.Column), Is.EqualTo(new[] { "x" }));
    }

    [Test]
    public void Fit_default_reports_and_changes_nothing()
    {
        var ledger = new CleanLedger();
        var fitted = Fit(new CleanOptions(), ledger);
        var table = new Table([new NumberColumn("x", Values)]);
        Assert.That(fitted.Apply(table), Is.SameAs(table));
        var finding = ledger.Findings.Single();
        Assert.That((finding.Count, finding.Of, finding.Examples.Single()), Is.EqualTo((1, 12, new CleanExample(11, "100", "stays"))));
    }

    [Test]
    public void Apply_clip_gives_the_nearest_bound_to_rows_never_seen()
    {
        var fitted = Fit(new CleanOptions { Outliers = Outliers.Iqr().Clip() });
        var served = fitted.Apply(new Table([new NumberColumn("x", new[] { -50f, 0, 17, float.NaN })]));
        Assert.That(((NumberColumn)served["x"]).Values.ToArray(), Is.EqualTo(new[] { -4f, 0, 16, float.NaN }));
    }

    [Test]
    public void Apply_flag_adds_a_column_and_keeps_the_values()
    {
        var fitted = Fit(new CleanOptions { Outliers = Outliers.Iqr().Flag() });
        var served = fitted.Apply(new Table([new NumberColumn("x", new[] { -50f, 0, 17, float.NaN })]));
        Assert.That(((NumberColumn)served["x_outlier"]).Values.ToArray(), Is.EqualTo(new[] { 1f, 0, 1, 0 }));
        Assert.That(((NumberColumn)served["x"]).Values[0], Is.EqualTo(-50));
    }

    [Test]
    public void Keep_drop_leaves_rows_out_of_training_only()
    {
        var rows = Enumerable.Range(0, 40).Select(row => (float)(row % 10)).Append(1000f).Append(2000f).ToArray();
        var cleaned = new Cleaned(new Table([new NumberColumn("x", rows), new NumberColumn("y", Enumerable.Range(0, 42).Select(row => row * 0.37f % 5).ToArray())]), new CleanOptions { OutliersByColumn = new Dictionary<string, Outliers> { ["x"] = Outliers.Iqr().Drop() } });
        var fit = cleaned.Fit(Cleaned.Alternating(42), rows: [.. Enumerable.Range(0, 41)]);
        Assert.That(fit.TrainingRows.ToArray(), Is.EqualTo(Enumerable.Range(0, 40)), "row 40 is not learned from; row 41 was never for training");
        Assert.That(fit.Features.RowCount, Is.EqualTo(42), "and every row can be predicted");
    }

    [Test]
    public void Fit_column_without_width_has_no_outliers()
    {
        var mostlyZero = new NumberColumn("gain", new[] { 0f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5000, 0 });
        Assert.That(Fit(new CleanOptions { Outliers = Outliers.Iqr().Clip() }, null, mostlyZero).Bounds.Select(bound => bound.Column), Is.EqualTo(new[] { "x" }));
    }

    [Test]
    public void Fit_none_looks_for_nothing() => Assert.That(Fit(new CleanOptions { Outliers = Outliers.None }).Bounds, Is.Empty);
}
