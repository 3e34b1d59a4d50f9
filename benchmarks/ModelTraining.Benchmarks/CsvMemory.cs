using System.Diagnostics;

namespace ModelTraining.Benchmarks;

/// <summary>What reading a large file takes at its peak, whole and as a sample: adult.csv a hundred times over, 385 MB.</summary>
internal static class CsvMemory
{
    private const int Times = 100;
    private const int SampledRows = 100_000;

    public static async Task PrintAsync()
    {
        var (text, label) = SharedTables.Adult();
        var path = Path.GetTempFileName();
        try
        {
            await WriteAsync(path, text);
            var source = Csv.File(path, label);
            await MeasureAsync("csv.large.sample", source.Sample(rows: SampledRows));
            await MeasureAsync("csv.large", source);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task WriteAsync(string path, byte[] text)
    {
        var header = Array.IndexOf(text, (byte)'\n') + 1;
        await using var file = File.Create(path);
        await file.WriteAsync(text.AsMemory(0, header));
        for (var i = 0; i < Times; i++)
        {
            await file.WriteAsync(text.AsMemory(header).TrimEnd((byte)'\n'));
            file.WriteByte((byte)'\n');
        }
    }

    private static async Task MeasureAsync(string name, IDataSource source)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var (before, most) = (Environment.WorkingSet, 0L);
        var clock = Stopwatch.GetTimestamp();
        Table table;
        await using (new Timer(_ => most = Math.Max(most, Environment.WorkingSet), null, 0, 2)) table = await source.ReadAsync(new SourceContext(), CancellationToken.None);
        Peers.Print($"{name}.read", Stopwatch.GetElapsedTime(clock).TotalSeconds, "s");
        Peers.Print($"{name}.memory", (most - before) / 1048576.0, "MiB at the peak");
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        Peers.Print($"{name}.table", (Environment.WorkingSet - before) / 1048576.0, "MiB when it is read");
        GC.KeepAlive(table);
    }
}
