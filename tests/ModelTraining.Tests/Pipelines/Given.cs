using System.Globalization;
using System.Text;

namespace ModelTraining.Tests.Pipelines;

/// <summary>Small made-up data that pipelines run on in tests.</summary>
internal static class Given
{
    /// <summary>Rows of an invented shop: who comes back depends on age, spending, and the plan. With missing values, categories, dates, duplicates.</summary>
    public static string ShopCsv(int rows = 600, ulong seed = 1)
    {
        var random = new SeededRandom(seed);
        var text = new StringBuilder("customer,age,spent,plan,since,member,returns\n");
        for (var i = 0; i < rows; i++)
        {
            var age = 18 + random.Next(60);
            var spent = random.NextDouble() * 500;
            var plan = random.Next(3);
            var since = new DateTime(2015, 1, 1).AddDays(random.Next(3000));
            var score = (age - 45) / 15.0 + (spent - 250) / 150 + (plan == 2 ? 1.5 : 0) + random.NextNormal() * 0.5;
            text.Append(CultureInfo.InvariantCulture, $"c{i:D5},")
                .Append(random.Next(20) == 0 ? "?" : age.ToString(CultureInfo.InvariantCulture)).Append(',')
                .Append(random.Next(20) == 0 ? "" : spent.ToString("F2", CultureInfo.InvariantCulture)).Append(',')
                .Append(new[] { "basic", "family", "Premium" }[plan]).Append(',')
                .Append(since.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).Append(',')
                .Append(random.Next(2) == 0 ? "true" : "false").Append(',')
                .Append(score > 0 ? "yes" : "no").Append('\n');
        }

        return text.ToString();
    }

    public static IDataSource Shop(int rows = 600) => Csv.Text(ShopCsv(rows), label: "returns", options => options with { Ids = ["customer"] });

    public static SplitPipeline ShopPipeline(int rows = 600) => Pipeline.From(Shop(rows)).Clean().Split();

    /// <summary>A trainer that is fast, for tests of what is around it.</summary>
    public static ITrainer SmallTrees { get; } = Trees.GradientBoosting(options => options with { Trees = 20 });
}
