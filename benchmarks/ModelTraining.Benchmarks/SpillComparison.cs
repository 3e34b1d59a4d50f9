using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ModelTraining.Benchmarks;

/// <summary>
/// A pipeline over a table that fits into memory, and over the same one where it may not: each in a process of its own, with its time and the most anonymous memory that
/// it has at once (what is mapped from a file is not). The models have to be equal.
/// </summary>
internal static class SpillComparison
{
    private const int Columns = 100;
    private const int Trees = 20;
    private const long Limit = 256 << 20;

    /// <param name="args">The number of rows; 1,000,000 when it is left out.</param>
    public static async Task RunAsync(string[] args)
    {
        if (args is ["fit", var path, var folder])
        {
            await FitAsync(path, folder);
            return;
        }

        var rows = Turns.Rounds(args, 1_000_000);
        var work = Directory.CreateTempSubdirectory("spill-");
        try
        {
            var file = Path.Combine(work.FullName, "rows.csv");
            await WriteAsync(file, rows);
            var spilled = await ChildAsync(file, work.FullName);
            var inMemory = await ChildAsync(file, "");
            if (spilled.Model != inMemory.Model) throw new InvalidOperationException($"The models differ: {spilled.Model}, {inMemory.Model}.");
            Peers.Print("spill.table", rows * (Columns + 1.0) * sizeof(float) / (1 << 20), "MiB as 32-bit numbers");
            Peers.Print("spill.run", spilled.Seconds, "in memory", inMemory.Seconds, "s");
            Peers.Print("spill.anonymous", spilled.Memory, "in memory", inMemory.Memory, "MiB at the peak");
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private static async Task FitAsync(string path, string folder)
    {
        using var watch = new AnonymousMemory();
        var clock = Stopwatch.GetTimestamp();
        var pipeline = Pipeline.From(Csv.File(path, "label")).WithTime(new StoppedClock());
        if (folder.Length > 0) pipeline = pipeline.WithMemoryLimit(Limit).WithSpilling(folder);
        var model = Path.Combine(Path.GetDirectoryName(path)!, $"{folder.Length}.onnx");
        using var run = await pipeline.Split(test: 0.1, validation: 0.1).Train(ModelTraining.Trees.GradientBoosting(o => o with { Trees = Trees })).Evaluate().Export(model).RunAsync();
        var seconds = Stopwatch.GetElapsedTime(clock).TotalSeconds;
        var hash = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(model)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds} {watch.PeakBytes / 1048576.0} {hash}"));
        foreach (var timing in run.Timings) await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {timing.Stage} {timing.Duration.TotalSeconds:F1} s"));
    }

    private static async Task<(double Seconds, double Memory, string Model)> ChildAsync(string file, string folder)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet") start.ArgumentList.Add(typeof(SpillComparison).Assembly.Location);
        foreach (var argument in (string[])["spill", "fit", file, folder]) start.ArgumentList.Add(argument);
        using var child = Process.Start(start)!;
        var said = (await child.StandardOutput.ReadToEndAsync()).Split(' ', StringSplitOptions.TrimEntries);
        await child.WaitForExitAsync();
        return (double.Parse(said[0], CultureInfo.InvariantCulture), double.Parse(said[1], CultureInfo.InvariantCulture), said[2]);
    }

    private static async Task WriteAsync(string file, int rows)
    {
        var random = new SeededRandom(1);
        var text = new StringBuilder(string.Join(',', Enumerable.Range(0, Columns).Select(column => $"x{column}"))).Append(",label\n");
        await using var writer = new StreamWriter(file, false, Encoding.ASCII, 1 << 20);
        for (var row = 0; row < rows; row++)
        {
            var sum = 0.0;
            for (var column = 0; column < Columns; column++)
            {
                var value = random.Next(200_000) - 100_000;
                if (column < 8) sum += value * (column % 2 == 0 ? 1 : -1);
                text.Append(CultureInfo.InvariantCulture, $"{value / 10_000}.{Math.Abs(value) % 10_000:D4},");
            }

            text.Append(sum > 0 ? "yes\n" : "no\n");
            if (text.Length < 1 << 20) continue;
            await writer.WriteAsync(text);
            text.Clear();
        }

        await writer.WriteAsync(text);
    }

    /// <summary>A model file says when it was made.</summary>
    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    }
}
