using System.Numerics;
using System.Runtime.InteropServices;

namespace ModelTraining;

/// <summary>Room that a kernel needs besides its outputs, one for each thread that is in it at the same time; cleared when it is made.</summary>
internal sealed unsafe class KernelRoom : IDisposable
{
    private const int Most = 64;

    private readonly float*[] _rooms = new float*[Most];
    private readonly int _size;
    private ulong _taken;

    /// <param name="size">The numbers that each holds.</param>
    public KernelRoom(int size) => _size = size;

    /// <summary>Takes a room that no other thread has, until <see cref="Return"/>.</summary>
    public float* Rent(out int index)
    {
        var spinner = new SpinWait();
        while (true)
        {
            var taken = Volatile.Read(ref _taken);
            index = BitOperations.TrailingZeroCount(~taken);
            if (index == Most) spinner.SpinOnce();
            else if (Interlocked.CompareExchange(ref _taken, taken | (1UL << index), taken) == taken) break;
        }

        if (_rooms[index] == null)
        {
            _rooms[index] = (float*)NativeMemory.AlignedAlloc((nuint)_size * sizeof(float), 64);
            NativeMemory.Clear(_rooms[index], (nuint)_size * sizeof(float));
        }

        return _rooms[index];
    }

    public void Return(int index) => Interlocked.And(ref _taken, ~(1UL << index));

    public void Dispose()
    {
        for (var i = 0; i < Most; i++)
        {
            NativeMemory.AlignedFree(_rooms[i]);
            _rooms[i] = null;
        }
    }
}
