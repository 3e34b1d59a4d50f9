using System.Diagnostics;
using System.Globalization;

namespace ModelTraining.Tests.Studies;

internal sealed class WorkerNameTests
{
    [Test]
    public void IsDead_ofThisProcess_isFalse() => Assert.That(WorkerName.IsDead(WorkerName.New()), Is.False);

    [Test]
    public void IsDead_ofAProcessThatHasTheNumberOfAnEarlierOne_isTrue() =>
        Assert.That(WorkerName.IsDead(string.Create(CultureInfo.InvariantCulture, $"{WorkerName.Machine}/{Environment.ProcessId}/1/x")), Is.True);

    [Test]
    [Platform("Linux")]
    public void IsDead_ofAContainerWithTheSameName_isFalse()
    {
        var container = WorkerName.Machine.Replace("pid:[", "pid:[9", StringComparison.Ordinal);
        Assert.That(container, Is.Not.EqualTo(WorkerName.Machine));

        Assert.That(WorkerName.IsDead($"{container}/2147483647/1/x"), Is.False);
    }

    [TestCase("another-machine/2147483647/1/x")]
    [TestCase("nothing of the kind")]
    public void IsDead_ofWhatIsNotKnown_isFalse(string worker) => Assert.That(WorkerName.IsDead(worker), Is.False);

    [Test]
    [Platform("Linux")]
    public void IsDead_ofAKilledProcessThatNobodyHasTakenNoticeOf_isTrue()
    {
        // The shell's child is killed, and the shell, which is sleeping by then, does not ask for it.
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", "sleep 60 & echo $!; exec sleep 60"]) { RedirectStandardOutput = true })!;
        try
        {
            var child = int.Parse(shell.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
            using var process = Process.GetProcessById(child);
            var worker = string.Create(CultureInfo.InvariantCulture, $"{WorkerName.Machine}/{child}/{new DateTimeOffset(process.StartTime.ToUniversalTime()).ToUnixTimeSeconds()}/x");
            Assert.That(WorkerName.IsDead(worker), Is.False);
            process.Kill();

            Assert.That(() => WorkerName.IsDead(worker), Is.True.After(5000, 10));
        }
        finally
        {
            shell.Kill();
        }
    }
}
