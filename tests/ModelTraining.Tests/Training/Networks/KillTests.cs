namespace ModelTraining.Tests.Training.Networks;

/// <summary>A training is killed, as by kill −9, at random moments of its steps and in the middle of writing checkpoints, and goes on each time.</summary>
internal sealed class KillTests
{
    [Test]
    public async Task Train_killed_at_random_moments_gives_the_bits_of_never_having_stopped()
    {
        using var folder = new TemporaryFolder();
        var expected = await KilledTraining.RunAsync(null);
        var random = new Random(11);
        var checkpoints = folder.File("checkpoints");
        for (var kill = 0; kill < 5; kill++)
        {
            using var process = KilledTraining.Start(folder.Path);
            // Two of the kills wait for a checkpoint that is half written; the others fall where they fall after some batches.
            var isWriting = kill % 2 == 1;
            for (var batch = random.Next(1, 9); batch > 0; batch--)
            {
                var line = await process.StandardOutput.ReadLineAsync();
                Assert.That(line, Is.EqualTo("batch"), () => process.StandardError.ReadToEnd());
            }

            var spins = 0;
            while (isWriting && !process.HasExited && !Directory.EnumerateDirectories(checkpoints, ".writing-*").Any()) spins++;
            Thread.SpinWait(random.Next(100_000));
            Assert.That(process.HasExited, Is.False, "it is killed, and does not end by itself");
            process.Kill();
            await process.WaitForExitAsync();
            var newest = Directory.EnumerateDirectories(checkpoints, "checkpoint-*").Order(StringComparer.Ordinal).Last();
            Assert.That(Onnx.SafetensorsFile.Load(Path.Combine(newest, "tensors.safetensors")), Is.Not.Empty);
        }

        using var last = KilledTraining.Start(folder.Path);
        var told = await last.StandardOutput.ReadToEndAsync();
        await last.WaitForExitAsync();
        Assert.That(last.ExitCode, Is.Zero, () => last.StandardError.ReadToEnd());
        Assert.That(told, Does.Not.Contain("warning"), "no checkpoint was damaged");
        Assert.That(KilledTraining.Weights(folder.Path), Is.EqualTo(expected));
        Assert.That(Directory.EnumerateDirectories(checkpoints).Select(Path.GetFileName).ToList(), Has.Count.EqualTo(2).And.All.StartsWith("checkpoint-"), "nothing half written is left");
    }
}
