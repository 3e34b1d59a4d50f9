using System.Globalization;
using ModelTraining.Tests.Processes;

namespace ModelTraining.Tests.Packages;

/// <summary>Installs the packed library into an empty project, as someone who has just heard of it does.</summary>
internal sealed class InstalledPackageTests
{
    private const string Program = """
        using ModelTraining;

        var run = await Pipeline.From(Csv.File("breast-cancer-wdbc.csv", label: "label")).Clean().Split().Train(Trees.GradientBoosting()).Evaluate().Export("cancer.onnx").RunAsync();
        using var predictor = Predictor.Load("cancer.onnx");
        var label = predictor.Predict(run.Source.Columns.ToDictionary(column => column.Name, column => column[0])).Label;
        Console.WriteLine(FormattableString.Invariant($"roc_auc={run.Evaluation["roc_auc"]} label={label}"));
        """;

    private const string BothProgram = """
        using ModelTraining;

        var random = new Random(1);
        var rows = Enumerable.Range(0, 300).Select(_ => random.NextSingle()).Select(x => new { X = x, Noise = random.NextSingle(), Y = x > 0.5f ? "much" : "little" }).ToList();
        var run = await Pipeline.From(Records.Of(rows, label: "Y")).Split().Train(MLNet.LightGbm()).Evaluate().RunAsync();
        if (run.Evaluation["accuracy"] < 0.9) throw new InvalidOperationException("It did not learn.");
        Console.WriteLine($"{run.Model.Trainer["MLNet.".Length..]} {typeof(TorchSharp.torch).Assembly.GetName().Name}");
        """;

    [Test]
    public async Task Install_intoAnEmptyProject_trainsExportsAndPredicts()
    {
        using var project = new TemporaryFolder();
        File.Copy(Path.Combine(TestData.Root, "samples", "data", "breast-cancer-wdbc.csv"), project.File("breast-cancer-wdbc.csv"));

        var output = await RunAsync(project, Program, "ModelTraining");

        var words = output.Trim().Split('\n')[^1].Split('=', ' ');
        using (Assert.EnterMultipleScope())
        {
            Assert.That(double.Parse(words[1], CultureInfo.InvariantCulture), Is.GreaterThan(0.98));
            Assert.That(words[3], Is.EqualTo("malignant"));
            Assert.That(Directory.GetDirectories(project.File("installed")).Select(folder => Path.GetFileName(folder)), Has.Member("modeltraining.trees"));
        }
    }

    /// <summary>TorchSharp and ML.NET have dependencies in common, in versions of their own: an app has both without a word from the restore, whose warnings about versions are errors here.</summary>
    [Test]
    public async Task Install_mlnetBesideTorchSharp_restoresAndRuns()
    {
        string[] wanted = ["ModelTraining", "ModelTraining.MLNet", "ModelTraining.MLNet.AutoML", "ModelTraining.MLNet.LightGbm", "ModelTraining.MLNet.Mkl", "ModelTraining.MLNet.Recommender", "ModelTraining.TorchSharp"];
        var missing = wanted.Except(PackedLibrary.Names).ToList();
        if (missing.Count > 0) Assert.Ignore($"Not built here, since no feed has what they need: {string.Join(", ", missing)}.");
        using var project = new TemporaryFolder();

        var output = await RunAsync(project, BothProgram, wanted);

        Assert.That(output.Trim().Split('\n')[^1], Is.EqualTo("LightGbm TorchSharp"));
    }

    private static async Task<string> RunAsync(TemporaryFolder project, string program, params string[] packages)
    {
        await File.WriteAllTextAsync(project.File("Program.cs"), program);
        // NU1603: where a feed lacks the exact version of a dependency's dependency, the next one is as good.
        await File.WriteAllTextAsync(project.File("App.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <NoWarn>$(NoWarn);NU1603</NoWarn>
              </PropertyGroup>
              <ItemGroup>
                {string.Concat(packages.Select(package => $"""<PackageReference Include="{package}" Version="{PackedLibrary.Version}" />"""))}
              </ItemGroup>
            </Project>
            """);

        // Ours from where they were packed, into a folder of their own: the same version of an hour ago must not stand in for them. All others from where
        // this build has them, so that nothing is asked of a feed and nothing is unpacked twice.
        await File.WriteAllTextAsync(project.File("nuget.config"), $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="packed" value="{PackedLibrary.Folder}" />
                <add key="at hand" value="{Built.PackageFolder}" />
              </packageSources>
              <fallbackPackageFolders>
                <clear />
                <add key="at hand" value="{Built.PackageFolder}" />
              </fallbackPackageFolders>
            </configuration>
            """);
        return await DotnetCommand.RunAsync(project.Path, new Dictionary<string, string> { ["NUGET_PACKAGES"] = project.File("installed") }, "run", "-c", "Release");
    }
}
