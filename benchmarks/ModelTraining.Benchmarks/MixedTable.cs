using System.Globalization;
using System.Text;

namespace ModelTraining.Benchmarks;

/// <summary>A made-up table of numbers, categories and a label, as CSV.</summary>
internal static class MixedTable
{
    private static readonly string[] Plans = ["basic", "family", "premium", "business", "student"];
    private static readonly string[] Cities = ["Lisbon", "Oslo", "Vienna", "Turin", "Ghent", "Porto", "Bergen", "Graz"];

    public static string Csv(int rows)
    {
        var random = new SeededRandom(1);
        var text = new StringBuilder("age,hours,spent,visits,plan,city,member,distance,score,returns\n");
        for (var row = 0; row < rows; row++)
        {
            var (age, spent, plan) = (18 + random.Next(70), random.NextDouble() * 500, random.Next(Plans.Length));
            var returns = (age / 30.0) + (spent / 300) + (plan / 2.0) + random.NextNormal() > 3.5;
            text.Append(CultureInfo.InvariantCulture, $"{age},{random.Next(60)},{spent:F2},{random.Next(1000)},{Plans[plan]},{Cities[random.Next(Cities.Length)]},{(random.Next(2) == 0 ? "true" : "false")},{random.NextDouble() * 80:F3},{random.NextNormal():F5},{(returns ? "yes" : "no")}\n");
        }

        return text.ToString();
    }
}
