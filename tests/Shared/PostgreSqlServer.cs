using System.Diagnostics;

namespace ModelTraining.Tests;

/// <summary>A server of PostgreSQL that lives as long as a test fixture, in a folder of its own, reached by a socket in it.</summary>
internal sealed class PostgreSqlServer : IDisposable
{
    private readonly string _programs;
    private readonly string _folder;

    private PostgreSqlServer(string programs, string folder) => (_programs, _folder) = (programs, folder);

    public string ConnectionString => $"Host={_folder};Username=postgres;Database=postgres;Password=not-to-be-shown;Pooling=false";

    /// <summary>Starts a server, or skips the tests where none is installed.</summary>
    public static PostgreSqlServer Start()
    {
        if (!OperatingSystem.IsLinux()) Assert.Ignore("The server of PostgreSQL is started on Linux only.");
        if (Programs() is not { } programs)
        {
            Assert.Ignore("The server of PostgreSQL is not installed: there is no initdb and pg_ctl on the PATH or in /usr/lib/postgresql/*/bin (Debian: apt install postgresql).");
            return null!;
        }

        // The path of a socket has at most 107 characters.
        var folder = Directory.CreateTempSubdirectory("mt-pg-").FullName;
        var server = new PostgreSqlServer(programs, folder);
        try
        {
            if (Environment.IsPrivilegedProcess) Run("chown", ["postgres", folder]);
            server.RunAsServer("initdb", "-D", Path.Combine(folder, "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync");
            server.RunAsServer("pg_ctl", "-D", Path.Combine(folder, "data"), "-w", "-l", Path.Combine(folder, "log"), "-o", $"-k {folder} -h '' -F", "start");
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        try
        {
            if (File.Exists(Path.Combine(_folder, "data", "postmaster.pid"))) RunAsServer("pg_ctl", "-D", Path.Combine(_folder, "data"), "-m", "immediate", "-w", "stop");
        }
        finally
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static string? Programs()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).AsEnumerable();
        const string debian = "/usr/lib/postgresql";
        if (Directory.Exists(debian)) folders = folders.Concat(Directory.GetDirectories(debian).OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")));
        return folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));
    }

    /// <summary>The server refuses to run as root.</summary>
    private void RunAsServer(string program, params string[] arguments)
    {
        var path = Path.Combine(_programs, program);
        if (Environment.IsPrivilegedProcess) Run("runuser", ["-u", "postgres", "--", path, .. arguments]);
        else Run(path, arguments);
    }

    private static void Run(string program, string[] arguments)
    {
        // pg_ctl leaves the server behind with the output it was given: with a pipe, its end would never come.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "log=$1; shift; \"$@\" >\"$log\" 2>&1 </dev/null", "sh", Path.GetTempFileName(), program, .. arguments]) { WorkingDirectory = Path.GetTempPath() };
        var log = start.ArgumentList[3];
        try
        {
            using var process = Process.Start(start)!;
            if (!process.WaitForExit(TimeSpan.FromSeconds(60)))
            {
                process.Kill(entireProcessTree: true);
                Assert.Fail($"{program} took more than a minute: {File.ReadAllText(log)}");
            }

            Assert.That(process.ExitCode, Is.Zero, () => $"{program} {string.Join(' ', arguments)}: {File.ReadAllText(log)}");
        }
        finally
        {
            File.Delete(log);
        }
    }
}
