using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace ModelTraining;

/// <summary>A part of a file as memory, read-only.</summary>
internal sealed unsafe class SpillMapping : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private byte* _first;

    public SpillMapping(SafeFileHandle file, long offset, long bytes)
    {
        _file = MemoryMappedFile.CreateFromFile(file, mapName: null, capacity: 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        _view = _file.CreateViewAccessor(offset, bytes, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _first);
        _first += _view.PointerOffset;
    }

    /// <exception cref="ObjectDisposedException">The run that it belongs to was disposed.</exception>
    public byte* First => _first is not null ? _first : throw new ObjectDisposedException("PipelineRun", "Columns of this run were spilled to a file, which is gone since the run was disposed, or has failed.");

    public void Dispose()
    {
        if (_first is null) return;
        _first = null;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
