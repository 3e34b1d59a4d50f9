// A step of training on libtorch beside PyTorch's, eager and compiled, on the same device: `cpu|cuda full|middle|tiny [NETWORK...]`. A line of JSON a figure.
using System.Globalization;
using ModelTraining;
using ModelTraining.Benchmarks;

if (args is ["own", var network, var on, var how, var count])
{
    OwnStep.Measure(network, on == "cuda" ? Device.Cuda() : Device.Cpu, how, int.Parse(count, CultureInfo.InvariantCulture));
    return 0;
}

if (args is not [("cpu" or "cuda") and var device, var size, .. var names] || !LargeNetworks.Sizes.Contains(size) || names.Except(LargeNetworks.Names).Any())
{
    Console.Error.WriteLine($"Usage: cpu|cuda {string.Join("|", LargeNetworks.Sizes)} [{string.Join("|", LargeNetworks.Names)}]...");
    return 2;
}

// On the CPU on one thread and on all, as small networks are faster on one.
int[] threads = device == "cuda" ? [Environment.ProcessorCount] : [.. new[] { 1, Environment.ProcessorCount }.Distinct()];
foreach (var name in names.Length > 0 ? names : LargeNetworks.Names)
{
    foreach (var number in threads)
    {
        var title = device == "cuda" ? $"torch.{name}.cuda.{size}" : string.Create(CultureInfo.InvariantCulture, $"torch.{name}.cpu.{size}.threads-{number}");
        var own = await OwnStep.RunAsync(name, device == "cuda" ? Device.Cuda() : Device.Cpu, size, number);
        var theirs = new List<PeerMeasurement>();
        foreach (var way in new[] { "eager", "compiled" }) theirs.AddRange(await Peers.RunAsync("torch_step.py", name, device, size, number.ToString(CultureInfo.InvariantCulture), way));
        foreach (var peer in theirs)
        {
            Peers.Print(title, own.Fit, peer.Peer, peer.Fit, "ms");
            Peers.Print($"{title}.memory", own.Score, peer.Peer, peer.Score, "MiB at most");
        }

        if (theirs.Count > 0) continue;
        Peers.Print(title, own.Fit, "ms");
        Peers.Print($"{title}.memory", own.Score, "MiB at most");
    }
}

return 0;
