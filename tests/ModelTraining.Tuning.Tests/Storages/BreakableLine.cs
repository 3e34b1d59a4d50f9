using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace ModelTraining.Tests.Storages;

/// <summary>A line to a server that can break: what is said on it goes through, until an answer is lost and the line closed.</summary>
internal sealed class BreakableLine : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly NpgsqlConnectionStringBuilder _server;
    private int _toLose;

    public BreakableLine(string connectionString)
    {
        _server = new NpgsqlConnectionStringBuilder(connectionString);
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>How many answers were lost.</summary>
    public int Lost { get; private set; }

    public string ConnectionString => new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Host = "127.0.0.1", Port = ((IPEndPoint)_listener.LocalEndpoint).Port }.ConnectionString;

    public void LoseNextAnswer() => Volatile.Write(ref _toLose, 1);

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync();
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return; // disposed of
            }

            _ = CarryAsync(client);
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var near = client;
        using var far = _server.Host!.StartsWith('/') ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
        await far.ConnectAsync(_server.Host.StartsWith('/') ? new UnixDomainSocketEndPoint($"{_server.Host}/.s.PGSQL.{_server.Port}") : new DnsEndPoint(_server.Host, _server.Port));
        await Task.WhenAny(CopyAsync(near.Client, far, isAnswer: false), CopyAsync(far, near.Client, isAnswer: true));
    }

    private async Task CopyAsync(Socket from, Socket to, bool isAnswer)
    {
        var buffer = new byte[8192];
        while (await from.ReceiveAsync(buffer) is > 0 and var length)
        {
            if (isAnswer && Interlocked.Exchange(ref _toLose, 0) == 1)
            {
                Lost++;
                return;
            }

            await to.SendAsync(buffer.AsMemory(0, length));
        }
    }
}
