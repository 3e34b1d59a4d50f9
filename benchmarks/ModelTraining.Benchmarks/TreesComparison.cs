using System.Diagnostics;
namespace ModelTraining.Benchmarks;
internal static class TreesComparison
{
    public static async Task RunAsync(string[] args)
    {
        var n = args.Length > 0 ? int.Parse(args[0]) : 500000; var reps = args.Length > 1 ? int.Parse(args[1]) : 3; var threads = args.Length > 2 ? int.Parse(args[2]) : 2;
        var data = new SyntheticClasses(n, 1); var train = n * 4 / 5;
        if (args.Length > 3) data.Write(args[3]);
        var td = data.Data(train);
        var test = Enumerable.Range(train, n - train).ToArray();
        for (var r = 0; r < reps; r++)
        {
            var trainer = Trees.GradientBoosting(o => o with { Trees = 100 });
            var cpu = Process.GetCurrentProcess().TotalProcessorTime;
            var sw = Stopwatch.StartNew();
            var m = await trainer.TrainAsync(td, new TrainingContext { Random = new SeededRandom((ulong)r), Threads = threads }, default);
            var t = sw.Elapsed.TotalSeconds; var c = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
            var outp = new float[test.Length * 2];
            sw.Restart(); m.Predict(data.Features(), test, outp, threads); var p = sw.Elapsed.TotalMilliseconds;
            var s = new float[test.Length]; for (var i = 0; i < s.Length; i++) s[i] = outp[2 * i + 1];
            Console.WriteLine($"fit {t:F3} s (cpu {c:F3}) predict {p:F1} ms auc {RocAuc.Of(s, data.Target.AsSpan(train)):F4} loss {m.History!.Training[^1]:F5}");
        }
    }
}
