using System.Globalization;

namespace ModelTraining;

/// <summary>Collects what is wrong with the options of a linear trainer.</summary>
internal sealed class LinearOptionChecks(string trainer)
{
    private readonly List<Problem> _problems = [];

    public IReadOnlyList<Problem> Problems => _problems;

    public LinearOptionChecks Alpha(double value) => Hold("MT1450", "Alpha", value, value >= 0 && double.IsFinite(value), "a finite number of at least 0");

    public LinearOptionChecks L1Ratio(double value) => Hold("MT1451", "L1Ratio", value, value is >= 0 and <= 1, "from 0 to 1");

    public LinearOptionChecks MaxIterations(int value) => Hold("MT1452", "MaxIterations", value, value >= 1, "at least 1");

    public LinearOptionChecks Tolerance(double value) => Hold("MT1453", "Tolerance", value, value > 0 && double.IsFinite(value), "a finite number above 0");

    private LinearOptionChecks Hold(string id, string option, double value, bool holds, string range)
    {
        if (!holds) _problems.Add(new Problem(id, string.Create(CultureInfo.InvariantCulture, $"The '{option}' option of {trainer} must be {range}. Got {value}.")));
        return this;
    }
}
