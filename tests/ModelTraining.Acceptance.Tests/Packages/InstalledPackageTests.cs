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

    [Test]
    public async Task Install_intoAnEmptyProject_trainsExportsAndPredicts()
    {
        using var project = new TemporaryFolder();
        await File.WriteAllTextAsync(project.File("Program.cs"), Program);
        await File.WriteAllTextAsync(project.File("App.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="ModelTraining" Version="{PackedLibrary.Version}" />
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
        File.Copy(Path.Combine(TestData.Root, "samples", "data", "breast-cancer-wdbc.csv"), project.File("breast-cancer-wdbc.csv"));

        var output = await DotnetCommand.RunAsync(project.Path, new Dictionary<string, string> { ["NUGET_PACKAGES"] = project.File("installed") }, "run", "-c", "Release");

        var words = output.Trim().Split('\n')[^1].Split('=', ' ');
        using (Assert.EnterMultipleScope())
        {
            Assert.That(double.Parse(words[1], CultureInfo.InvariantCulture), Is.GreaterThan(0.98));
            Assert.That(words[3], Is.EqualTo("malignant"));
            Assert.That(Directory.GetDirectories(project.File("installed")).Select(folder => Path.GetFileName(folder)), Has.Member("modeltraining.trees"));
        }
    }
}
