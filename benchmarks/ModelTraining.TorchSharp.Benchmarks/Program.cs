// A step of training on libtorch beside PyTorch's, eager and compiled, on the same device: `cpu|cuda full|tiny [NETWORK...]`. A line of JSON a figure.
using System.Globalization;
using ModelTraining;
using ModelTraining.Benchmarks;

if (args is ["own", var network, var on, var how, var count])
{
    OwnStep.Measure(network, on == "cuda" ? Device.Cuda() : Device.Cpu, how == "tiny", int.Parse(count, CultureInfo.InvariantCulture));
    return 0;
}

if (args is not [("cpu" or "cuda") and var device, ("full" or "tiny") and var size, .. var names] || names.Except(LargeNetworks.Names).Any())
{
    Console.Error.WriteLine($"Usage: cpu|cuda full|tiny [{string.Join("|", LargeNetworks.Names)}]...");
    return 2;
}

foreach (var name in names.Length > 0 ? names : LargeNetworks.Names)
{
    // Small networks are faster on one thread of the CPU: each at its best.
    int[] threads = device == "cuda" ? [Environment.ProcessorCount] : [.. new[] { 1, Environment.ProcessorCount }.Distinct()];
    var ours = new List<PeerMeasurement>();
    var theirs = new List<PeerMeasurement>();
    foreach (var number in threads)
    {
        ours.Add(await OwnStep.RunAsync(name, device == "cuda" ? Device.Cuda() : Device.Cpu, size == "tiny", number));
        foreach (var way in new[] { "eager", "compiled" }) theirs.AddRange(await Peers.RunAsync("torch_step.py", name, device, size, number.ToString(CultureInfo.InvariantCulture), way));
    }

    var own = ours.MinBy(measured => measured.Fit)!;
    foreach (var peer in theirs.GroupBy(measured => measured.Peer).Select(group => group.MinBy(measured => measured.Fit)!))
    {
        Peers.Print($"torch.{name}.{device}.{size}", own.Fit, peer.Peer, peer.Fit, "ms");
        Peers.Print($"torch.{name}.{device}.{size}.memory", own.Score, peer.Peer, peer.Score, "MiB at most");
    }

    if (theirs.Count > 0) continue;
    Peers.Print($"torch.{name}.{device}.{size}", own.Fit, "ms");
    Peers.Print($"torch.{name}.{device}.{size}.memory", own.Score, "MiB at most");
}

return 0;
