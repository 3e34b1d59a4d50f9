namespace ModelTraining.Tests.Reporting;

internal sealed class ReportNumberTests
{
    [TestCase(0, ExpectedResult = "0 %")]
    [TestCase(1, ExpectedResult = "100 %")]
    [TestCase(0.1234, ExpectedResult = "12.3 %")]
    [TestCase(0.00001, ExpectedResult = "< 0.1 %")]
    [TestCase(0.99999, ExpectedResult = "> 99.9 %")]
    [TestCase(double.NaN, ExpectedResult = "–")]
    public string Share_ofAWhole_isPercent(double share) => ReportNumber.Share(share);

    [TestCase(0, ExpectedResult = "0")]
    [TestCase(0.99854, ExpectedResult = "0.9985")]
    [TestCase(-12.345, ExpectedResult = "-12.35")]
    [TestCase(45824.51, ExpectedResult = "45,824.5")]
    [TestCase(1.5e12, ExpectedResult = "1.5E+12")]
    [TestCase(0.0000123, ExpectedResult = "1.23E-5")]
    [TestCase(double.NaN, ExpectedResult = "not defined")]
    [TestCase(double.NegativeInfinity, ExpectedResult = "−∞")]
    public string Short_number_hasFourDigitsThatSaySomething(double value) => ReportNumber.Short(value);

    [TestCase(0, ExpectedResult = "0 ms")]
    [TestCase(0.0123, ExpectedResult = "12.3 ms")]
    [TestCase(1.234, ExpectedResult = "1.23 s")]
    [TestCase(12.34, ExpectedResult = "12.3 s")]
    [TestCase(59.99, ExpectedResult = "1 min 0 s")]
    [TestCase(3725, ExpectedResult = "1 h 2 min")]
    public string Time_seconds_areInAFittingUnit(double seconds) => ReportNumber.Time(TimeSpan.FromSeconds(seconds));

    [TestCase(0, ExpectedResult = "0 bytes")]
    [TestCase(1536, ExpectedResult = "1.5 KiB")]
    [TestCase(long.MaxValue, ExpectedResult = "8388608 TiB")]
    public string Bytes_size_isInAFittingUnit(long bytes) => ReportNumber.Bytes(bytes);

    [TestCase(1, ExpectedResult = "1 row")]
    [TestCase(0, ExpectedResult = "0 rows")]
    [TestCase(12345, ExpectedResult = "12,345 rows")]
    public string Count_things_areInThePlural(long count) => ReportNumber.Count(count, "row");

    [TestCase(0.8, double.NaN, ExpectedResult = "0.8000")]
    [TestCase(double.NaN, 0.5, ExpectedResult = "not defined")]
    [TestCase(1.2, 45824.5, ExpectedResult = "1.2")]
    public string Metric_besideAnother_hasItsDecimals(double value, double beside) => ReportNumber.Metric(value, beside);
}
