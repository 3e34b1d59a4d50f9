using System.Globalization;
using System.Text.RegularExpressions;

namespace ModelTraining.Tests.Reporting;

/// <summary>Reads all coordinates of pictures.</summary>
internal static partial class SvgNumbers
{
    private static readonly string[] Names = ["x", "y", "cx", "cy", "r", "width", "height", "d"];

    /// <summary>Fails where one is no finite number of a sensible size.</summary>
    public static void Check(string html)
    {
        Assert.That(html, Does.Not.Contain("Infinity").And.Not.Contain("∞"));
        var attributes = Attribute().Matches(html).Where(match => Names.Contains(match.Groups[1].Value)).ToList();
        Assert.That(attributes, Is.Not.Empty);
        foreach (var attribute in attributes)
        {
            var numbers = Command().Split(attribute.Groups[2].Value).Where(text => text.Length > 0).ToList();
            foreach (var number in numbers)
            {
                Assert.That(double.TryParse(number, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value), Is.True, attribute.Value);
                Assert.That(value, Is.InRange(-1, 2000), attribute.Value);
            }
        }
    }

    [GeneratedRegex("""(?<=[ <])([a-z]+)="([^"]*)"(?=[^<]*>)""")]
    private static partial Regex Attribute();

    [GeneratedRegex("[MLHVhv ]")]
    private static partial Regex Command();
}
