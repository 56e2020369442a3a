"""Read and patch .xlsx and .xlsm files, touching only what was asked."""
