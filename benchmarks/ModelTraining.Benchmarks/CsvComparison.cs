using System.Reflection;
using System.Text;
using CsvHelper;

namespace ModelTraining.Benchmarks;

/// <summary>Reads adult.csv into a table with inferred types, beside bare loops of CsvHelper over the fields: as strings, and as the bytes that are there.</summary>
internal static class CsvComparison
{
    private const int ReadsAtATime = 4;

    private static readonly string Peer = $"CsvHelper {typeof(CsvReader).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]}";

    /// <param name="args">The number of rounds; 15 when it is left out.</param>
    public static async Task RunAsync(string[] args)
    {
        var rounds = Turns.Rounds(args, 15);
        var (adult, label) = SharedTables.Adult();
        await CompareAsync("csv", adult, label, rounds);

        // Three of its ten columns are numbers that hardly recur, so that there is more to parse.
        await CompareAsync("csv.numbers", Encoding.UTF8.GetBytes(MixedTable.Csv(32_000)), "returns", rounds);
        await CsvMemory.PrintAsync();
    }

    private static async Task CompareAsync(string name, byte[] file, string label, int rounds)
    {
        var medians = await Turns.MedianAsync(rounds, () => OursAsync(file, label), () => Strings(file), () => Bytes(file));
        var (ours, strings, bytes) = (medians[0] / ReadsAtATime, medians[1] / ReadsAtATime, medians[2] / ReadsAtATime);
        Peers.Print($"{name}.read", ours, Peer, strings, "ms");
        Peers.Print($"{name}.read", ours, $"{Peer}, bytes", bytes, "ms");
        Peers.Print($"{name}.allocated", Turns.AllocatedBytes(() => OursAsync(file, label).GetAwaiter().GetResult()) / ReadsAtATime, Peer, Turns.AllocatedBytes(() => Strings(file)) / ReadsAtATime, "bytes");
    }

    private static async Task OursAsync(byte[] file, string label)
    {
        for (var i = 0; i < ReadsAtATime; i++)
        {
            using var stream = new MemoryStream(file, writable: false);
            var table = await Csv.Stream(stream, label).ReadAsync(new SourceContext(), CancellationToken.None);
            if (table.RowCount < 2) throw new InvalidOperationException("The table is not whole.");
        }
    }

    private static Task Strings(byte[] file)
    {
        for (var i = 0; i < ReadsAtATime; i++)
        {
            using var stream = new MemoryStream(file, writable: false);
            using var reader = CsvReader.Create(stream);
            var length = 0L;
            while (reader.Read())
            {
                for (var field = 0; field < reader.FieldCount; field++) length += reader.GetString(field).Length;
            }

            if (length == 0) throw new InvalidOperationException("Nothing was read.");
        }

        return Task.CompletedTask;
    }

    private static Task Bytes(byte[] file)
    {
        for (var i = 0; i < ReadsAtATime; i++)
        {
            using var stream = new MemoryStream(file, writable: false);
            using var reader = CsvReader.Create(stream);
            var length = 0L;
            while (reader.Read())
            {
                for (var field = 0; field < reader.FieldCount; field++) length += reader.GetSpan(field).Length;
            }

            if (length == 0) throw new InvalidOperationException("Nothing was read.");
        }

        return Task.CompletedTask;
    }
}
