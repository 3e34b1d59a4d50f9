// What ML.NET's trainers do on real tables beside ours (`table`), and what they cost in the pipeline beside ML.NET used directly: time (`both`), and memory (`ours`, `directly`).
using ModelTraining;
using ModelTraining.Benchmarks;

if (args is not [("table" or "both" or "ours" or "directly") and var what, var folder, .. var names] || !Directory.Exists(folder))
{
    Console.Error.WriteLine("Usage: table|both|ours|directly FOLDER [TRAINER...] [DATA...], where the folder has iris.csv, breast-cancer-wdbc.csv, adult.csv, california-housing.csv and taxi-fare-train-20k.csv.");
    return 2;
}

if (what != "table")
{
    await Overhead.RunAsync(RealData.Adult(folder), Enum.Parse<Way>(what, ignoreCase: true), names);
    return 0;
}

foreach (var (data, source, metric, task) in RealData.All(folder))
{
    foreach (var (name, make, tasks) in Contestants.All)
    {
        if (!tasks.Contains(task) || !IsAskedFor(name, Contestants.All.Select(one => one.Name)) || !IsAskedFor(data, RealData.All(folder).Select(one => one.Name))) continue;
        var measured = new MeasuredTrainer(make());
        PipelineRun run = await Pipeline.From(source).Clean().Split().Train(measured).Evaluate().RunAsync();
        Console.WriteLine(FormattableString.Invariant($"{data,-12} {name,-26} {metric} {run.Evaluation[metric]:F4}  {measured.Seconds,7:F2} s  {measured.Bytes / 1048576.0,6:F0} MiB"));
    }
}

return 0;

bool IsAskedFor(string name, IEnumerable<string> all) => names.Contains(name) || !names.Intersect(all).Any();
