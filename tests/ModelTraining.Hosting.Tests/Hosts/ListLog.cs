using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ModelTraining.Tests.Hosts;

/// <summary>Keeps what is logged.</summary>
internal sealed class ListLog : ILoggerFactory
{
    private readonly ConcurrentQueue<(string Category, int Id, LogLevel Level, string Text)> _entries = new();

    public IReadOnlyCollection<(string Category, int Id, LogLevel Level, string Text)> Entries => _entries;

    public int Count(int id) => _entries.Count(entry => entry.Id == id);

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private sealed class Category(ListLog log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log._entries.Enqueue((name, eventId.Id, logLevel, $"{formatter(state, exception)} {exception?.Message}"));
    }
}
